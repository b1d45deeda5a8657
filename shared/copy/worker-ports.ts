import type { SettlePassPorts } from "../passes/settle-pass.ts";
import type { AccessTokens } from "../ports/access-tokens.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { ClaimStore } from "../ports/claim-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { CredentialVault } from "../ports/credential-vault.ts";
import type { MailServers } from "../ports/mail-server.ts";
import type { MailboxStore } from "../ports/mailbox-store.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import type { PaceStore } from "../ports/pace-store.ts";
import type { SecretStore } from "../ports/secret-store.ts";
import type { UserStore } from "../ports/user-store.ts";
import type { WorkQueue } from "../ports/work-queue.ts";

/** Everything the worker of one mailbox needs of the world. */
export interface WorkerPorts extends SettlePassPorts {
  readonly clock: Clock;
  readonly migrations: MigrationStore;
  readonly accounts: AccountStore;
  readonly mailboxes: MailboxStore;
  readonly claims: ClaimStore;
  readonly vault: CredentialVault;
  readonly secrets: SecretStore;
  readonly tokens: AccessTokens;
  readonly mailServers: Pick<MailServers, "enter">;
  readonly workQueue: Pick<WorkQueue, "send">;
  readonly pace: PaceStore;
  readonly users: UserStore;
}
