import type { FolderPath, UidSet } from "../../../shared/contract/ids.ts";
import type { MailSession } from "../../../shared/ports/mail-server.ts";
import { appendOver, manyMessages } from "./append-over.ts";
import { capabilitiesOf } from "./capabilities.ts";
import type { Connection } from "./connection.ts";
import { createFolder } from "./create-folder.ts";
import { digestsOver } from "./digests-over.ts";
import { changedSinceOver, fetchOver, metadataOver, sizesOver } from "./fetch-over.ts";
import { firstLook } from "./first-look.ts";
import { permanentFlagsOver, setFlagsOver } from "./flags-over.ts";
import { listFolders } from "./list-folders.ts";
import { readSubject } from "./read-messages.ts";
import { readUidsWithout } from "./read-uids-without.ts";
import { Readers } from "./readers.ts";
import { removeMessages } from "./remove-messages.ts";
import { Selection } from "./selection.ts";
import { statusOver } from "./status-over.ts";
import { subscribe, subscribeTogether } from "./subscribe.ts";
import { createTogetherOver, surveyOver } from "./survey-over.ts";
import { Turns } from "./turns.ts";
import { uidsOver } from "./uids-over.ts";
import type { BulkLines } from "./wire/bulk-lines.ts";

/**
 * A session over a connection that is logged in, with further ones to append much mail. Whatever uses its own connection takes turns: it
 * has one selected folder, and is lent out to read much.
 */
export const imapSession = (
  connection: Connection,
  lines: BulkLines,
  leave: () => Promise<void>,
): MailSession => {
  const selection = new Selection(connection);
  const turns = new Turns(connection.opening);
  const readers = new Readers(connection, selection, turns);
  const reading = { connection, selection, turns, readers };
  const permanentFlags = permanentFlagsOver(reading);
  const without = new Map<string, UidSet>();
  const unlabelled = async (path: FolderPath, labels: readonly string[]): Promise<UidSet> => {
    const question = JSON.stringify([path, labels]);
    const uids = without.get(question) ?? (await readUidsWithout(connection, selection, path, labels));
    without.set(question, uids);
    return uids;
  };
  const metadata = metadataOver(reading);
  return {
    capabilities: capabilitiesOf(connection.client),
    listFolders: () => turns.take(() => listFolders(connection)),
    survey: surveyOver({ connection, selection, turns }),
    folderStatus: statusOver(reading),
    createFolder: (segments) => turns.take(() => createFolder(connection, segments)),
    createTogether: createTogetherOver({ connection, selection, turns }),
    subscribe: (path) => turns.take(() => subscribe(connection, path)),
    subscribeTogether: (paths) => turns.take(() => subscribeTogether(connection, paths)),
    uids: uidsOver(reading),
    uidsWithout: (path, labels) => turns.take(() => unlabelled(path, labels)),
    prepare: (messages) => {
      if (messages >= manyMessages) lines.prepare();
    },
    metadata,
    sizes: sizesOver(reading),
    changedSince: changedSinceOver(reading),
    fetch: fetchOver(reading),
    digests: digestsOver(reading),
    subject: (path, uid) => turns.take(() => readSubject(connection, selection, path, uid)),
    append: appendOver({
      ...{ connection, selection, turns, lines, permanentFlags },
      stored: firstLook(metadata),
    }),
    setFlags: setFlagsOver(reading),
    remove: (path, uids) => turns.take(() => removeMessages(connection, selection, path, uids)),
    permanentFlags,
    leave: async () => {
      await Promise.all([lines.close(), leave()]);
    },
  };
};
