import type { Migration } from "../../shared/contract/migration.ts";
import { mail } from "./copy-scenarios.ts";
import { CopyWorld } from "./copy-world.ts";
import { FakeMailServer, type FakeServerOptions } from "./fake-mail-server.ts";
import { FakeMailServerPair } from "./fake-mail-session.ts";
import { exampleAccount, inHistory } from "./migration-example.ts";

/** The same migration with deletions at the source made at the target too. */
export const propagating = (migration: Migration): Migration => {
  const { settings } = migration;
  return { ...migration, settings: { ...settings, copy: { ...settings.copy, deletions: "propagate" } } };
};

/** A mailbox on its way whose deletions at the source are made at the target too. */
export const deletionsWorld = async (
  migration = propagating(inHistory({ fannedOut: true })),
  target: FakeServerOptions = {},
) => {
  const ends = { source: new FakeMailServer(), target: new FakeMailServer(target) };
  const servers = new FakeMailServerPair(ends.source, ends.target);
  const world = await CopyWorld.with(servers, exampleAccount(1), migration);
  /** Makes the next pass and gives the account as it is then. */
  const pass = async () => {
    await world.startPass();
    await world.workOff();
    return world.state();
  };
  /** What the record of the first folder says of its deletions. */
  const deletions = async () => (await world.mailboxes.summaries(world.account))[0]?.deletions;
  return { ...ends, world, pass, deletions };
};

/** Puts messages into the inbox whose UIDs are 1, 2, 3 and so on. */
export const fill = (source: FakeMailServer, messages = 6): void => {
  for (let number = 1; number <= messages; number += 1) source.add("INBOX", mail(`mail ${number}`));
};

export const uidsOf = (server: FakeMailServer): readonly number[] =>
  server.folder("INBOX").messages.map(({ uid }) => uid);
