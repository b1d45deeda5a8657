import type { FolderPath, Uid, UidSet } from "../../../shared/contract/ids.ts";
import { countUids, uidSetOf, without } from "../../../shared/copy/uid-set.ts";
import type {
  MailSession,
  MessageMetadata,
  MessageSize,
  RawMessage,
} from "../../../shared/ports/mail-server.ts";
import type { AppendScope } from "./append-over.ts";
import { readChangedSince, readMessages, readMetadata, requireGone } from "./read-messages.ts";
import type { Readers } from "./readers.ts";
import type { Description, Fetcher } from "./wire/fetcher.ts";

type FetchScope = Pick<AppendScope, "connection" | "selection" | "turns"> & { readonly readers: Readers };

/** FETCH of a session. A message that is asked for and does not come must really be gone. */
export const fetchOver = ({ connection, selection, turns, readers }: FetchScope): MailSession["fetch"] =>
  async function* fetch(path: FolderPath, uids: UidSet): AsyncGenerator<RawMessage> {
    const reader = await readers.join();
    const received: Uid[] = [];
    try {
      if (reader.fetcher === null) {
        yield* readMessages(connection, selection, path, uids);
        return;
      }
      for await (const message of reader.fetcher.fetch(path, uids)) {
        received.push(message.uid);
        yield message;
      }
    } finally {
      await reader.leave();
    }
    if (without(uids, uidSetOf(received)) === "") return;
    await turns.take(() => requireGone(connection, selection, path, uids, received));
  };

/** Metadata of a session. Of certain messages it is asked for together with the folder. */
export const metadataOver = (scope: FetchScope): MailSession["metadata"] => {
  const read = readingOver(scope);
  return async (path, uids) => {
    if (uids === undefined || uids === "") return read(path, uids);
    const described = await describedOver(scope.readers, path, uids, (fetcher) =>
      fetcher.metadata(path, uids),
    );
    return described?.map(metadataOf) ?? read(path, uids);
  };
};

/** Sizes of a session. Of what is left out all metadata are asked for: seldom anything is. */
export const sizesOver = (scope: FetchScope): MailSession["sizes"] => {
  const read = readingOver(scope);
  return async (path, uids) => {
    const described = await describedOver(scope.readers, path, uids, (fetcher) => fetcher.sizes(path, uids));
    return (described ?? (await read(path, uids))).map(({ uid, size }) => ({ uid, size }));
  };
};

/** Metadata of messages whose flags changed. */
export const changedSinceOver =
  ({ connection, selection, turns, readers }: FetchScope): MailSession["changedSince"] =>
  async (path, modseq) => {
    const reader = await readers.join();
    try {
      if (reader.fetcher !== null) {
        const { messages } = await reader.fetcher.changedSince(path, modseq);
        return [...messages.values()].map(metadataOf);
      }
    } finally {
      await reader.leave();
    }
    return turns.take(() => readChangedSince(connection, selection, path, modseq));
  };

/** Reads metadata by imapflow. */
const readingOver =
  ({ connection, selection, turns }: FetchScope) =>
  (path: FolderPath, uids: UidSet | undefined): Promise<readonly MessageMetadata[]> =>
    turns.take(() => readMetadata(connection, selection, path, uids));

/**
 * What the server says of these messages, ascending by UID. What it leaves out is asked for once more, then it is gone: unless all messages
 * of the folder are among the answers, so that the rest of the UIDs are those of messages that were deleted, of which every mailbox that is
 * in use has many. Null where there is nobody to be asked.
 */
const describedOver = async <Said extends MessageSize>(
  readers: Readers,
  path: FolderPath,
  uids: UidSet,
  ask: (fetcher: Fetcher) => Promise<Description<Said>>,
): Promise<readonly (Said | MessageMetadata)[] | null> => {
  const reader = await readers.join();
  try {
    const { fetcher } = reader;
    if (fetcher === null) return null;
    const { messages, exist } = await ask(fetcher);
    const left = without(uids, uidSetOf([...messages.keys()]));
    const isAll = countUids(uids) - countUids(left) === exist;
    const rest = left === "" || isAll ? [] : (await fetcher.metadata(path, left)).messages.values();
    return [...messages.values(), ...rest].toSorted((one, other) => one.uid - other.uid);
  } finally {
    await reader.leave();
  }
};

/** Without the octets that they may have come with. */
const metadataOf = ({ uid, size, internalDate, flags }: MessageMetadata): MessageMetadata => ({
  ...{ uid, size, internalDate, flags },
});
