import { setTimeout as pause } from "node:timers/promises";
import type { FolderPath } from "../../../shared/contract/ids.ts";
import type { MailSession } from "../../../shared/ports/mail-server.ts";
import { appendMessages } from "./append-messages.ts";
import { capabilitiesOf } from "./capabilities.ts";
import type { Connection } from "./connection.ts";
import { createFolder } from "./create-folder.ts";
import { folderStatus } from "./folder-status.ts";
import { listFolders } from "./list-folders.ts";
import { readChangedSince, readMessages, readMetadata, readSubject } from "./read-messages.ts";
import { Selection } from "./selection.ts";
import { readPermanentFlags, setFlags } from "./set-flags.ts";
import { subscribe } from "./subscribe.ts";

/** How long a server may take to say goodbye. */
const farewellMilliseconds = 2_000;

/** A session over a connection that is logged in. */
export const imapSession = (connection: Connection): MailSession => {
  const selection = new Selection(connection);
  const permanent = new Map<FolderPath, readonly string[]>();
  const permanentFlags = async (path: FolderPath): Promise<readonly string[]> => {
    const flags = permanent.get(path) ?? (await readPermanentFlags(selection, path));
    permanent.set(path, flags);
    return flags;
  };
  return {
    capabilities: capabilitiesOf(connection.client),
    listFolders: () => listFolders(connection),
    folderStatus: (path) => folderStatus(connection, path),
    createFolder: (segments) => createFolder(connection, segments),
    subscribe: (path) => subscribe(connection, path),
    metadata: (path, uids) => readMetadata(connection, selection, path, uids),
    changedSince: (path, modseq) => readChangedSince(connection, selection, path, modseq),
    fetch: (path, uids) => readMessages(connection, selection, path, uids),
    subject: (path, uid) => readSubject(connection, selection, path, uid),
    append: (path, messages) =>
      appendMessages(connection, selection, path, messages, () => permanentFlags(path)),
    setFlags: (path, changes) => setFlags(connection, selection, path, changes),
    permanentFlags,
    leave: () => leave(connection),
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
