import { MailferryError } from "../../../shared/contract/errors.ts";
import type { FolderPath, UidSet } from "../../../shared/contract/ids.ts";
import { countUids, emptyUidSet, uidSetFrom, uidSetOf } from "../../../shared/copy/uid-set.ts";
import type { Connection } from "./connection.ts";
import { commandFailure } from "./failure.ts";
import type { Selection } from "./selection.ts";

/** A folder that changes between the question and the answer is asked again. */
const attempts = 3;

/**
 * The UIDs of all messages: a few ranges in one line where the server has ESEARCH (RFC 4731). An answer that is lost or cannot be
 * read would look like an empty folder, so it must come to as many messages as the folder has.
 */
export const readUids = async (
  connection: Connection,
  selection: Selection,
  path: FolderPath,
): Promise<UidSet> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    await selection.toRead(path, { fresh: true });
    const found = await search(connection, path);
    const { mailbox } = connection.client;
    if (found !== null && mailbox !== false && countUids(found) === mailbox.exists) return found;
  }
  const { side, host } = connection.server;
  const what = `UID SEARCH of ${path} does not come to the number of its messages`;
  throw new MailferryError("ServerAnswerUnusable", { side, host, what });
};

const search = async ({ client, server, mailbox }: Connection, path: FolderPath): Promise<UidSet | null> => {
  try {
    const found = await client.search({ all: true }, { uid: true, returnOptions: ["ALL"] });
    if (found === false || found === undefined) return null;
    if (Array.isArray(found)) return uidSetOf(found);
    return found.all === undefined ? emptyUidSet : uidSetFrom(found.all);
  } catch (thrown) {
    throw commandFailure(server, thrown, { path, mailbox });
  }
};
