import { imapMailServers } from "../../../functions/adapters/imap/mail-servers.ts";
import type { Account } from "../../../shared/contract/account.ts";
import { type PassNumber, Timestamp } from "../../../shared/contract/ids.ts";
import type { BatchRecord, FolderRecord } from "../../../shared/contract/mailbox.ts";
import { copyPlanned } from "../../../shared/copy/copy-planned.ts";
import { plainProfiles } from "../../../shared/folders/folder-profile.ts";
import type { Side } from "../../../shared/ports/mail-server.ts";
import { RecordsInMemory } from "./records-in-memory.ts";

/** A mailbox and where it lies. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** What each visit copies, in a session of its own, as a worker does, but without any pipeline. Returns the seconds of each. */
export const copyAlone = async (
  places: Readonly<Record<Side, Place>>,
  account: Account,
  folder: FolderRecord,
  pass: PassNumber,
  visits: readonly (readonly BatchRecord[])[],
): Promise<readonly number[]> => {
  const records = new RecordsInMemory(account);
  const app = {
    accounts: records,
    mailboxes: records,
    clock: { now: () => Timestamp.parse(new Date().toISOString()) },
  };
  const mailServers = imapMailServers();
  const enter = (side: Side) => {
    const { host, port, user, password } = places[side];
    const server = { side, host, port, tls: "none", connections: 4 } as const;
    return mailServers.enter(server, { mailbox: user, user, password });
  };
  const seconds: number[] = [];
  for (const batches of visits) {
    const began = performance.now();
    const [source, target] = await Promise.all([enter("source"), enter("target")]);
    const sessions = { source, target, profiles: plainProfiles };
    await copyPlanned(app, sessions, {
      ...{ account, pass, batches, folders: [folder], completes: true },
      ...{ targetHost: places.target.host, isDue: async () => true, beforeChunk: () => undefined },
    });
    await Promise.all([source.leave(), target.leave()]);
    seconds.push((performance.now() - began) / 1_000);
  }
  return seconds;
};
