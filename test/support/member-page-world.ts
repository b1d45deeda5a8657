import { linkTokens } from "../../functions/adapters/crypto/link-tokens.ts";
import type { Account } from "../../shared/contract/account.ts";
import type { MemberAccess } from "../../shared/contract/member-link.ts";
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

  /** What is recorded of the tries on the account's page. */
  async access({ address }: Pick<Account, "address"> = exampleAccount(1)): Promise<MemberAccess | null> {
    return this.memberLinks.access({ migrationId: exampleId, address });
  }

  /** Types in so many wrong passwords, one after the other, and gives the page's state after each. */
  async submitWrong(token: string, times: number): Promise<string[]> {
    const states: string[] = [];
    for (let time = 0; time < times; time += 1)
      states.push((await submitPassword(this, token, `wrong ${time}`)).state);
    return states;
  }

  /** Types in wrong passwords until the page is locked. */
  async lock(token: string): Promise<void> {
    await this.submitWrong(token, triesBeforeLock);
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
