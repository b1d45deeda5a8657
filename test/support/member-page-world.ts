import { linkTokens } from "../../functions/adapters/crypto/link-tokens.ts";
import type { Account } from "../../shared/contract/account.ts";
import type { Migration } from "../../shared/contract/migration.ts";
import { triesBeforeLock } from "../../shared/credentials/counted-try.ts";
import { issueMemberLink } from "../../shared/credentials/member-link.ts";
import { submitPassword } from "../../shared/credentials/member-page.ts";
import { FakeAccountStore } from "./fake-account-store.ts";
import { FakeClock } from "./fake-clock.ts";
import { FakeCredentialVault } from "./fake-credential-vault.ts";
import { FakeLoginServers } from "./fake-login-servers.ts";
import { FakeMemberLinkStore } from "./fake-member-link-store.ts";
import { FakeMigrationStore } from "./fake-migration-store.ts";
import { FakeUserStore } from "./fake-user-store.ts";
import { FakeWorkQueue } from "./fake-work-queue.ts";
import { exampleAccount, exampleId, inAccounts } from "./migration-example.ts";

export const rightPassword = "right: 密码 &<p>";

/** Everything the password page works with, in memory; only the tokens are real. */
export class MemberPageWorld {
  readonly clock = new FakeClock();
  readonly migrations = new FakeMigrationStore();
  readonly accounts = new FakeAccountStore();
  readonly users = new FakeUserStore();
  readonly memberLinks = new FakeMemberLinkStore();
  readonly vault = new FakeCredentialVault();
  readonly workQueue = new FakeWorkQueue();
  readonly mailServers = new FakeLoginServers(rightPassword);
  readonly linkTokens = linkTokens;
  readonly pageUrl = "https://page.example.test/m/";

  /** What is recorded of the account. */
  async account({ address }: Pick<Account, "address"> = exampleAccount(1)): Promise<Account> {
    const account = await this.accounts.get(exampleId, address);
    if (account === null) throw new Error(`There is no account ${address}.`);
    return account;
  }

  /** Types in wrong passwords until the page is locked. */
  async lock(token: string): Promise<void> {
    for (let wrong = 0; wrong < triesBeforeLock; wrong += 1)
      await submitPassword(this, token, `wrong ${wrong}`);
  }

  /** Issues a link to an account's page and gives its token. */
  async issue({ address }: Pick<Account, "address"> = exampleAccount(1), days = 14): Promise<string> {
    const { pageUrl } = this;
    const { url } = await issueMemberLink(this, { migrationId: exampleId, address, pageUrl, days });
    return url.slice(pageUrl.length);
  }
}

/** A world with a migration and one account. */
export const memberPageWorld = async (
  migration: Migration = inAccounts(),
  account: Account = exampleAccount(1),
): Promise<MemberPageWorld> => {
  const world = new MemberPageWorld();
  await world.migrations.create(migration);
  await world.accounts.createAll([account]);
  return world;
};
