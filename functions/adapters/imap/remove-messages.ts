import { MailferryError } from "../../../shared/contract/errors.ts";
import type { FolderPath, UidSet } from "../../../shared/contract/ids.ts";
import { piecesOf } from "../../../shared/copy/uid-set.ts";
import type { Connection } from "./connection.ts";
import { commandFailure } from "./failure.ts";
import type { Selection } from "./selection.ts";

/**
 * Removes these messages and no others: UID EXPUNGE (RFC 4315) names them. Without UIDPLUS there is only EXPUNGE, which removes
 * whatever anybody has marked, so there the messages are marked \Deleted and left for their owner to expunge.
 */
export const removeMessages = async (
  connection: Connection,
  selection: Selection,
  path: FolderPath,
  uids: UidSet,
): Promise<void> => {
  const { client, server, mailbox } = connection;
  const { side, host } = server;
  const isExpunging = client.capabilities.has("UIDPLUS");
  await selection.toWrite(path);
  for (const piece of piecesOf(uids)) {
    let isDone: boolean | undefined;
    try {
      isDone = isExpunging
        ? await client.messageDelete(piece, { uid: true })
        : await client.messageFlagsAdd(piece, ["\\Deleted"], { uid: true, silent: true });
    } catch (thrown) {
      throw commandFailure(server, thrown, { path, mailbox });
    }
    if (isDone === true) continue;
    if (!client.usable || client.isClosed) {
      const reason = "the connection ended while messages were removed";
      throw new MailferryError("ConnectionLost", { side, host, reason });
    }
    throw new MailferryError("ServerAnswerUnusable", {
      side,
      host,
      what: `removing from ${path} was refused`,
    });
  }
};
