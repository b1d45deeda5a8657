import type { FolderPath, Uid, UidSet } from "../../../shared/contract/ids.ts";
import { countUids, uidSetOf, without } from "../../../shared/copy/uid-set.ts";
import type { MailSession, MessageMetadata, RawMessage } from "../../../shared/ports/mail-server.ts";
import { type AppendScope, manyMessages } from "./append-over.ts";
import { readMessages, readMetadata, requireGone } from "./read-messages.ts";

type FetchScope = Pick<AppendScope, "connection" | "selection" | "turns" | "lines">;

/**
 * FETCH of a session: a few messages over its own connection, many over one opened for them. Whichever it is, a message that is
 * asked for and does not come must really be gone.
 */
export const fetchOver = ({ connection, selection, turns, lines }: FetchScope): MailSession["fetch"] => {
  return async function* fetch(path: FolderPath, uids: UidSet): AsyncGenerator<RawMessage> {
    const fetcher = countUids(uids) < manyMessages ? null : await lines.fetcher();
    if (fetcher === null || !fetcher.isFree) {
      yield* turns.each(() => readMessages(connection, selection, path, uids));
      return;
    }
    const received: Uid[] = [];
    for await (const message of fetcher.fetch(path, uids)) {
      received.push(message.uid);
      yield message;
    }
    await turns.take(() => requireGone(connection, selection, path, uids, received));
  };
};

/** From so many lines on a further connection pays: imapflow takes some 40 µs for each, ours a quarter of it. */
const manyLines = 1_000;

/** Metadata of a session: a few over its own connection, many over the one for much mail. What it leaves out is asked for once more. */
export const metadataOver = ({
  connection,
  selection,
  turns,
  lines,
}: FetchScope): MailSession["metadata"] => {
  const overOwn = (path: FolderPath, uids?: UidSet) =>
    turns.take(() => readMetadata(connection, selection, path, uids));
  return async (path, uids) => {
    if (uids === undefined) return overOwn(path);
    const asked = countUids(uids);
    if (asked < manyMessages) return overOwn(path, uids);
    const fetcher = await (asked < manyLines ? lines.preparedFetcher : lines.fetcher());
    if (fetcher === null || !fetcher.isFree) return overOwn(path, uids);
    const read = new Map<Uid, MessageMetadata>();
    for await (const { uid, size, internalDate, flags } of fetcher.metadata(path, uids)) {
      read.set(uid, { uid, size, internalDate, flags });
    }
    const rest = await overOwn(path, without(uids, uidSetOf(read.keys())));
    return [...read.values(), ...rest].toSorted((one, other) => one.uid - other.uid);
  };
};
