import type { Account } from "../../../shared/contract/account.ts";
import type { PassNumber } from "../../../shared/contract/ids.ts";
import type { BatchRecord, FolderRecord } from "../../../shared/contract/mailbox.ts";
import { copyPlanned } from "../../../shared/copy/copy-planned.ts";
import { RecordsInMemory } from "./records-in-memory.ts";
import { type MailboxAlone, now, within } from "./visit-alone.ts";

/** What each visit copies, in a session of its own, as a worker does, but without any pipeline. Returns the seconds of each. */
export const copyAlone = async (
  mailbox: MailboxAlone,
  account: Account,
  folder: FolderRecord,
  pass: PassNumber,
  visits: readonly (readonly BatchRecord[])[],
): Promise<readonly number[]> => {
  const records = new RecordsInMemory(account);
  const app = { accounts: records, mailboxes: records, clock: { now } };
  const seconds: number[] = [];
  for (const batches of visits) {
    const began = performance.now();
    await within(mailbox, (sessions) =>
      copyPlanned(app, sessions, {
        ...{ account, pass, batches, folders: [folder], completes: true },
        ...{ targetHost: mailbox.target.host, isDue: async () => true, beforeChunk: () => undefined },
      }),
    );
    seconds.push((performance.now() - began) / 1_000);
  }
  return seconds;
};
