import type { FetchMessageObject } from "imapflow";
import { MailferryError } from "../../../shared/contract/errors.ts";
import type { FolderPath, UidSet } from "../../../shared/contract/ids.ts";
import { uidSetOf } from "../../../shared/copy/uid-set.ts";
import type { Connection } from "./connection.ts";
import { commandFailure } from "./failure.ts";
import type { Selection } from "./selection.ts";
import { modifiedUtf7 } from "./wire/wire-name.ts";

/** A folder that changes between the question and the answer is asked again. */
const attempts = 3;

/**
 * The UIDs of the messages that carry none of these labels (Google: "IMAP Extensions", X-GM-LABELS). The labels of every message are
 * read and compared as whole names: Gmail's own search writes labels in a way of its own, in which `a/b`, `a b` and `a-b` are one. An
 * answer that is lost or cannot be read would look like a message that is not there, so as many must come as the folder has.
 */
export const readUidsWithout = async (
  connection: Connection,
  selection: Selection,
  path: FolderPath,
  labels: readonly string[],
): Promise<UidSet> => {
  // Labels come as folder names do: in UTF-8 where that is enabled, elsewhere in modified UTF-7.
  const isUtf8 = connection.client.enabled.has("UTF8=ACCEPT");
  const unwanted = new Set(isUtf8 ? labels : labels.map(modifiedUtf7));
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { exists } = await selection.toRead(path, { fresh: true });
    if (exists === 0) return uidSetOf([]);
    const unreadableBefore = connection.unreadableLines();
    const answered = new Set<number>();
    const found: number[] = [];
    for await (const { uid, labels: carried } of answers(connection, path)) {
      if (carried === undefined || answered.has(uid)) continue;
      answered.add(uid);
      if (unwanted.isDisjointFrom(carried)) found.push(uid);
    }
    const isReadable = connection.unreadableLines() === unreadableBefore;
    const { mailbox } = connection.client;
    if (isReadable && mailbox !== false && answered.size === mailbox.exists) return uidSetOf(found);
  }
  const { side, host } = connection.server;
  const what = `FETCH of the labels of ${path} does not come to the number of its messages`;
  throw new MailferryError("ServerAnswerUnusable", { side, host, what });
};

async function* answers(
  { client, server, mailbox }: Connection,
  path: FolderPath,
): AsyncGenerator<FetchMessageObject> {
  try {
    yield* client.fetch("1:*", { uid: true, labels: true }, { uid: true });
  } catch (thrown) {
    throw commandFailure(server, thrown, { path, mailbox });
  }
}
