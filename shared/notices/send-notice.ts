import type { NoticeWork } from "../../events/notice-work.ts";
import type { Account } from "../contract/account.ts";
import type { Migration } from "../contract/migration.ts";
import { type IssueMemberLinkPorts, issueMemberLink } from "../credentials/member-link.ts";
import { isPasswordWanted, takesPasswords } from "../credentials/password-needed.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { CredentialVault } from "../ports/credential-vault.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import { beginNotice } from "./begin-notice.ts";
import { type Delivered, type DeliverPorts, deliver } from "./deliver.ts";
import { isSourceRefused } from "./password-awaited.ts";

export interface SendNoticePorts extends IssueMemberLinkPorts, DeliverPorts {
  readonly migrations: Pick<MigrationStore, "get">;
  readonly accounts: Pick<AccountStore, "get" | "replace">;
  readonly vault: Pick<CredentialVault, "isHeld">;
}

/** What became of a notice: it went out, it is not to go out, or its message is to be delivered again after so many seconds. */
export type NoticeResult =
  | Delivered
  | { readonly outcome: "dropped"; readonly why: "notWanted" | "asked" | "tooEarly" | "undeliverable" };

/**
 * Sends one notice, unless it is stale: the password has come, the migration is closed, the member was written to not long ago. That it
 * is begun is recorded first and what became of it after, channel by channel, so a message delivered twice sends once. Only where
 * a sender dies between SES taking a mail and the record of it, or SES' answer is lost, does a member get two mails; the link in
 * the first one then has ended.
 */
export const sendNotice = async (
  app: SendNoticePorts,
  work: NoticeWork,
  pageUrl: string,
): Promise<NoticeResult> => {
  const migration = await app.migrations.get(work.migrationId);
  const account = await app.accounts.get(work.migrationId, work.address);
  if (migration === null || account === null || !(await isWanted(app, migration, account, work))) {
    return { outcome: "dropped", why: "notWanted" };
  }
  const { begun, standing } = await beginNotice(app, migration, work);
  if (begun === null) {
    return standing.standing === "underWay"
      ? { outcome: "wait", seconds: standing.seconds, words: "another delivery is sending it" }
      : { outcome: "dropped", why: standing.standing === "due" ? "notWanted" : standing.standing };
  }
  const { migrationId, address } = begun;
  const days = migration.settings.members.linkDays;
  const link = await issueMemberLink(app, { migrationId, address, pageUrl, days });
  return deliver(app, migration, begun, link);
};

/** Whether the member's password is still to be asked for, just before it is. */
const isWanted = async (
  { vault }: SendNoticePorts,
  migration: Migration,
  account: Account,
  { notice }: NoticeWork,
): Promise<boolean> => {
  if (!takesPasswords(migration) || !isPasswordWanted(account)) return false;
  if (notice === "ask" && !migration.settings.members.ask) return false;
  if (isSourceRefused(account)) return notice === "remind";
  const { migrationId, address } = account;
  return !(await vault.isHeld({ migrationId, address, side: "source" }));
};
