import { linkTokens } from "../../functions/adapters/crypto/link-tokens.ts";
import { dynamoAccountStore } from "../../functions/adapters/dynamodb/account-store.ts";
import { dynamoMemberLinkStore } from "../../functions/adapters/dynamodb/member-link-store.ts";
import { dynamoMigrationStore } from "../../functions/adapters/dynamodb/migration-store.ts";
import { dynamoUserStore } from "../../functions/adapters/dynamodb/user-store.ts";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import { kmsCredentialVault } from "../../functions/adapters/kms/credential-vault.ts";
import { Account } from "../../shared/contract/account.ts";
import { Migration } from "../../shared/contract/migration.ts";
import { issueMemberLink } from "../../shared/credentials/member-link.ts";
import { FakeClock } from "./fake-clock.ts";
import { FakeKeyService } from "./fake-key-service.ts";
import { FakeWorkQueue } from "./fake-work-queue.ts";
import { exampleAccount, exampleId, exampleSettings, inAccounts } from "./migration-example.ts";
import { privateDovecot, someone } from "./private-dovecot.ts";
import { openStateTable } from "./state-table.ts";

/** The password page over a real server and a real table: a mailbox on a private Dovecot, and a link to its page. */
export const memberPageOverDovecot = async () => {
  const server = await privateDovecot();
  const { table, raw, name } = await openStateTable();
  const app = {
    clock: new FakeClock(),
    linkTokens,
    migrations: dynamoMigrationStore(table),
    accounts: dynamoAccountStore(table),
    users: dynamoUserStore(table),
    memberLinks: dynamoMemberLinkStore(table),
    vault: kmsCredentialVault(new FakeKeyService(), table),
    mailServers: imapMailServers(),
    workQueue: new FakeWorkQueue(),
  };
  const { host, port, tls } = server;
  const source = { ...exampleSettings.source, host, port, tls };
  await app.migrations.create(Migration.parse({ ...inAccounts(), settings: { ...exampleSettings, source } }));
  const account = Account.parse({ ...exampleAccount(1), address: someone.user });
  await app.accounts.createAll([account]);
  /** A new link's address below `pageUrl`. */
  const issue = async (pageUrl: string): Promise<string> => {
    const { address } = account;
    return (await issueMemberLink(app, { migrationId: exampleId, address, pageUrl, days: 14 })).url;
  };
  return { app, account, server, issue, raw, tableName: name };
};
