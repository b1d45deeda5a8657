import { setTimeout as pause } from "node:timers/promises";
import type { FolderPath } from "../../../shared/contract/ids.ts";
import type { MailSession } from "../../../shared/ports/mail-server.ts";
import { appendOver, manyMessages } from "./append-over.ts";
import { capabilitiesOf } from "./capabilities.ts";
import type { Connection } from "./connection.ts";
import { createFolder } from "./create-folder.ts";
import { fetchOver, metadataOver } from "./fetch-over.ts";
import { folderStatus } from "./folder-status.ts";
import { listFolders, surveyFolders } from "./list-folders.ts";
import { readChangedSince, readSubject } from "./read-messages.ts";
import { readUids } from "./read-uids.ts";
import { removeMessages } from "./remove-messages.ts";
import { Selection } from "./selection.ts";
import { readPermanentFlags, setFlags } from "./set-flags.ts";
import { subscribe } from "./subscribe.ts";
import { Turns } from "./turns.ts";
import type { BulkLines } from "./wire/bulk-lines.ts";

/** How long a server may take to say goodbye. */
const farewellMilliseconds = 2_000;

/**
 * A session over a connection that is logged in, with further ones for much mail. What selects a folder takes turns: an APPEND
 * is made where none is selected, and several may be under way.
 */
export const imapSession = (connection: Connection, lines: BulkLines): MailSession => {
  const selection = new Selection(connection);
  const turns = new Turns();
  const permanent = new Map<FolderPath, readonly string[]>();
  const permanentFlags = async (path: FolderPath): Promise<readonly string[]> => {
    const flags = permanent.get(path) ?? (await readPermanentFlags(selection, path));
    permanent.set(path, flags);
    return flags;
  };
  return {
    capabilities: capabilitiesOf(connection.client),
    listFolders: () => listFolders(connection),
    survey: () => surveyFolders(connection),
    folderStatus: (path) => folderStatus(connection, path),
    createFolder: (segments) => createFolder(connection, segments),
    subscribe: (path) => subscribe(connection, path),
    uids: (path) => turns.take(() => readUids(connection, selection, path)),
    prepare: (messages) => {
      if (messages >= manyMessages) lines.prepare();
    },
    metadata: metadataOver({ connection, selection, turns, lines }),
    changedSince: (path, modseq) => turns.take(() => readChangedSince(connection, selection, path, modseq)),
    fetch: fetchOver({ connection, selection, turns, lines }),
    subject: (path, uid) => turns.take(() => readSubject(connection, selection, path, uid)),
    append: appendOver({ connection, selection, turns, lines, permanentFlags }),
    setFlags: (path, changes) => turns.take(() => setFlags(connection, selection, path, changes)),
    remove: (path, uids) => turns.take(() => removeMessages(connection, selection, path, uids)),
    permanentFlags: (path) => turns.take(() => permanentFlags(path)),
    leave: async () => {
      await Promise.all([lines.close(), leave(connection)]);
    },
  };
};

const leave = async ({ client }: Connection): Promise<void> => {
  const farewell = new AbortController();
  try {
    if (client.usable) {
      await Promise.race([
        client.logout(),
        pause(farewellMilliseconds, undefined, { signal: farewell.signal }),
      ]);
    }
  } catch {
    // The work is done; whether the server heard the goodbye changes nothing.
  } finally {
    farewell.abort();
    client.close();
  }
};
