import type { FetchMessageObject, FetchOptions, FetchQueryObject } from "imapflow";
import { MailferryError } from "../../../shared/contract/errors.ts";
import type { FolderPath, Uid, UidSet } from "../../../shared/contract/ids.ts";
import { piecesOf, uidOf, uidSetOf, uidsIn, without } from "../../../shared/copy/uid-set.ts";
import type { MessageMetadata, RawMessage } from "../../../shared/ports/mail-server.ts";
import type { Connection } from "./connection.ts";
import { commandFailure } from "./failure.ts";
import type { Selection } from "./selection.ts";

const metadataItems = { uid: true, flags: true, size: true, internalDate: true } as const;

/** Metadata of the messages in `uids`, or of all. What is missing is asked for once more, then it is gone. */
export const readMetadata = async (
  connection: Connection,
  selection: Selection,
  path: FolderPath,
  uids?: UidSet,
): Promise<readonly MessageMetadata[]> => {
  if (uids === "") return [];
  const { exists } = await selection.toRead(path, { fresh: true });
  if (exists === 0) return [];
  const asked = uids === undefined ? ["1:*"] : piecesOf(uids);
  const read = await readAll(connection, path, asked, {});
  const answered = uidSetOf(read.map(({ uid }) => uid));
  const missing = uids === undefined ? null : without(uids, answered);
  if (missing === null) requireComplete(connection, path, read.length);
  else if (missing !== "") read.push(...(await readAll(connection, path, piecesOf(missing), {})));
  return read.toSorted((one, other) => one.uid - other.uid);
};

/** Metadata of the messages whose flags changed since (RFC 7162 §3.1.4.1). */
export const readChangedSince = async (
  connection: Connection,
  selection: Selection,
  path: FolderPath,
  modseq: string,
): Promise<readonly MessageMetadata[]> => {
  const { exists } = await selection.toRead(path, { fresh: true });
  if (exists === 0) return [];
  return readAll(connection, path, ["1:*"], { changedSince: BigInt(modseq) });
};

/**
 * The messages themselves, one at a time. A message that is asked for and does not come must really be gone: imapflow passes
 * over what it cannot read.
 */
export async function* readMessages(
  connection: Connection,
  selection: Selection,
  path: FolderPath,
  uids: UidSet,
): AsyncGenerator<RawMessage> {
  await selection.toRead(path, { fresh: false });
  const received: Uid[] = [];
  for (const piece of piecesOf(uids)) {
    for await (const message of answers(connection, path, piece, { ...metadataItems, source: true }, {})) {
      const metadata = metadataOf(connection, message);
      if (metadata === null || message.source === undefined) continue;
      received.push(metadata.uid);
      yield { ...metadata, raw: message.source };
    }
  }
  await requireGone(connection, selection, path, uids, received);
}

/** What was asked for and did not come must not be there any more. @throws ServerAnswerUnusable */
export const requireGone = async (
  connection: Connection,
  selection: Selection,
  path: FolderPath,
  asked: UidSet,
  received: readonly Uid[],
): Promise<void> => {
  const missing = without(asked, uidSetOf(received));
  if (missing === "") return;
  const stillThere = await readMetadata(connection, selection, path, missing);
  if (stillThere.length > 0)
    throw unusable(connection, `FETCH of ${path} left out UID ${[...uidsIn(missing)][0]}`);
};

/** The SUBJECT for a report, decoded. */
export const readSubject = async (
  connection: Connection,
  selection: Selection,
  path: FolderPath,
  uid: Uid,
): Promise<string> => {
  await selection.toRead(path, { fresh: false });
  let subject = "";
  for await (const { envelope } of answers(
    connection,
    path,
    String(uid),
    { uid: true, envelope: true },
    {},
  )) {
    subject = envelope?.subject ?? subject;
  }
  return subject.slice(0, 998);
};

const readAll = async (
  connection: Connection,
  path: FolderPath,
  ranges: readonly string[],
  options: Pick<FetchOptions, "changedSince">,
): Promise<MessageMetadata[]> => {
  const read = new Map<Uid, MessageMetadata>();
  for (const range of ranges) {
    for await (const message of answers(connection, path, range, metadataItems, options)) {
      const metadata = metadataOf(connection, message);
      if (metadata !== null) read.set(metadata.uid, metadata);
    }
  }
  return [...read.values()];
};

async function* answers(
  connection: Connection,
  path: FolderPath,
  range: string,
  query: FetchQueryObject,
  options: Pick<FetchOptions, "changedSince">,
): AsyncGenerator<FetchMessageObject> {
  const { client, server, mailbox } = connection;
  const unreadableBefore = connection.unreadableLines();
  try {
    yield* client.fetch(range, query, { ...options, uid: true });
  } catch (thrown) {
    throw commandFailure(server, thrown, { path, mailbox });
  }
  if (connection.unreadableLines() > unreadableBefore) {
    throw unusable(connection, `a line of the FETCH of ${path} cannot be read`);
  }
}

/** Null for a line that tells only of a changed flag, which a server may throw in at any time (RFC 3501 §7.4.2). */
const metadataOf = (
  connection: Connection,
  { uid, size, flags, internalDate }: FetchMessageObject,
): MessageMetadata | null => {
  if (size === undefined || flags === undefined || internalDate === undefined) return null;
  const date = new Date(internalDate);
  if (Number.isNaN(date.getTime())) {
    throw unusable(connection, `the INTERNALDATE of UID ${uid} is “${String(internalDate)}”`);
  }
  return {
    uid: uidOf(uid),
    size,
    internalDate: date.toISOString(),
    flags: [...flags].filter((flag) => flag.toLowerCase() !== "\\recent"),
  };
};

/** Without a list of UIDs to hold the answer against there is the number of messages, which the server keeps up to date. */
const requireComplete = (connection: Connection, path: FolderPath, read: number): void => {
  const { mailbox } = connection.client;
  const exists = mailbox === false ? 0 : mailbox.exists;
  if (read < exists) throw unusable(connection, `FETCH of ${path} gave ${read} of ${exists} messages`);
};

const unusable = ({ server: { side, host } }: Connection, what: string): MailferryError =>
  new MailferryError("ServerAnswerUnusable", { side, host, what });
