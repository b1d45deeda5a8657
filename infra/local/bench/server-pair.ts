import { rm } from "node:fs/promises";
import { join } from "node:path";
import { type Dovecot, startDovecot } from "../demo/dovecot/dovecot.ts";
import type { DovecotOptions } from "../demo/dovecot/options.ts";
import { type SeedFolder, seedMailbox } from "../demo/seeding/seed-mailbox.ts";
import { benchDirectory } from "./bench-directory.ts";

/** A source full of mail and, for every run, a target with nothing in it. */
export interface ServerPair {
  readonly users: readonly string[];
  readonly source: Dovecot;
  /** A new, empty target; the one before is stopped, and its mail removed. */
  freshTarget(): Promise<Dovecot>;
  readonly directory: string;
  stop(): Promise<void>;
}

/** Starts the source with so many mailboxes and fills each. */
export const startServerPair = async (
  mailboxes: number,
  mailOf: (user: string) => Iterable<SeedFolder>,
  targetOptions: Pick<DovecotOptions, "capability"> = {},
): Promise<ServerPair> => {
  const directory = await benchDirectory();
  const users = Array.from({ length: mailboxes }, (_unused, index) => `user${index}@example.test`);
  const accounts = users.map((user) => ({ user, password: `secret-of-${user}` }));
  const source = await startDovecot({ directory: join(directory, "source"), accounts });
  for (const user of users) await seedMailbox(source, user, mailOf(user));
  let target: Dovecot | undefined;
  let targets = 0;
  const place = (): string => join(directory, `target-${targets}`);
  return {
    users,
    source,
    directory,
    freshTarget: async () => {
      await target?.stop();
      // Twenty of them would fill the memory that they lie in.
      await rm(place(), { recursive: true, force: true, maxRetries: 3 });
      targets += 1;
      target = await startDovecot({
        directory: place(),
        accounts,
        masterUser: { user: "migrator", password: "master" },
        ...targetOptions,
      });
      return target;
    },
    stop: async () => {
      await Promise.all([source.stop(), target?.stop()]);
      await rm(directory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
};
