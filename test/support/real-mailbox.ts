import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import { Account } from "../../shared/contract/account.ts";
import { Migration } from "../../shared/contract/migration.ts";
import type { MailServers, ServerAddress } from "../../shared/ports/mail-server.ts";
import { CopyWorld } from "./copy-world.ts";
import { exampleAccount, inHistory } from "./migration-example.ts";
import { someone } from "./private-dovecot.ts";

/** Where a test's server listens. */
export interface PlainServer {
  readonly host: string;
  readonly port: number;
}

/** A plain-text server as the port names it. */
export const plainAddress = (side: ServerAddress["side"], { host, port }: PlainServer): ServerAddress => ({
  side,
  host,
  port,
  tls: "none",
});

/** A world whose one account is `someone` on two real servers, copied through the real adapter. */
export const realMailbox = async (
  source: PlainServer,
  target: PlainServer,
  copy: Partial<Migration["settings"]["copy"]> = {},
  mailServers: Pick<MailServers, "enter"> = imapMailServers(),
): Promise<CopyWorld> => {
  const migration = inHistory({ fannedOut: true });
  const server = ({ host, port }: PlainServer) => ({ host, port, tls: "none", auth: { kind: "password" } });
  const settings = {
    ...migration.settings,
    source: { ...migration.settings.source, ...server(source) },
    target: { ...migration.settings.target, ...server(target) },
    copy: { ...migration.settings.copy, ...copy },
  };
  const account = Account.parse({ ...exampleAccount(1), address: someone.user, target: someone.user });
  const world = await CopyWorld.with(mailServers, account, Migration.parse({ ...migration, settings }));
  const { migrationId, address } = account;
  for (const side of ["source", "target"] as const) {
    await world.vault.keep({ migrationId, address, side }, someone.password);
  }
  return world;
};

/** Makes a pass over the mailbox. */
export const makePass = async (world: CopyWorld): Promise<Account> => {
  await world.startPass();
  await world.workOff();
  return world.state();
};
