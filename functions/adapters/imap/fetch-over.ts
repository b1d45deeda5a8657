import type { FolderPath, Uid, UidSet } from "../../../shared/contract/ids.ts";
import { uidSetOf, without } from "../../../shared/copy/uid-set.ts";
import type {
  MailSession,
  MessageMetadata,
  MessageSize,
  RawMessage,
} from "../../../shared/ports/mail-server.ts";
import type { AppendScope } from "./append-over.ts";
import { readChangedSince, readMessages, readMetadata, requireGone } from "./read-messages.ts";
import type { Readers } from "./readers.ts";
import type { Fetcher } from "./wire/fetcher.ts";

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

/** Metadata of a session. Of certain messages it is asked for together with the folder; what is left out then is asked for once more. */
export const metadataOver = (scope: FetchScope): MailSession["metadata"] => {
  const read = readingAgain(scope);
  return async (path, uids) => {
    if (uids === undefined || uids === "") return read(path, uids);
    const answered = await taken(scope.readers, (fetcher) => fetcher.metadata(path, uids), metadataOf);
    return whole(answered, uids, (left) => read(path, left));
  };
};

/** Sizes of a session. Of what is left out all metadata are asked for: seldom anything is. */
export const sizesOver = (scope: FetchScope): MailSession["sizes"] => {
  const read = readingAgain(scope);
  return async (path, uids) => {
    const sizeOf = ({ uid, size }: MessageSize): MessageSize => ({ uid, size });
    const answered = await taken(scope.readers, (fetcher) => fetcher.sizes(path, uids), sizeOf);
    return whole(answered, uids, (left) => read(path, left));
  };
};

/** Metadata of messages whose flags changed. */
export const changedSinceOver =
  ({ connection, selection, turns, readers }: FetchScope): MailSession["changedSince"] =>
  async (path, modseq) => {
    const answered = await taken(readers, (fetcher) => fetcher.changedSince(path, modseq), metadataOf);
    return answered ?? (await turns.take(() => readChangedSince(connection, selection, path, modseq)));
  };

/** Reads metadata by imapflow. */
const readingAgain =
  ({ connection, selection, turns }: FetchScope) =>
  (path: FolderPath, uids: UidSet | undefined): Promise<readonly MessageMetadata[]> =>
    turns.take(() => readMetadata(connection, selection, path, uids));

/** What a server says more than once of a message counts as it says it last. Null where there is nobody to be asked. */
const taken = async <Said extends MessageSize>(
  readers: Readers,
  ask: (fetcher: Fetcher) => AsyncIterable<readonly Said[]>,
  kept: (said: Said) => Said,
): Promise<readonly Said[] | null> => {
  const reader = await readers.join();
  const read = new Map<Uid, Said>();
  try {
    if (reader.fetcher === null) return null;
    for await (const messages of ask(reader.fetcher))
      for (const said of messages) read.set(said.uid, kept(said));
  } finally {
    await reader.leave();
  }
  return [...read.values()];
};

/** Without the octets that they may have come with. */
const metadataOf = ({ uid, size, internalDate, flags }: MessageMetadata): MessageMetadata => ({
  ...{ uid, size, internalDate, flags },
});

/** The answer with what `read` gives of the messages that it leaves out, ascending by UID. */
const whole = async <Said extends MessageSize>(
  answered: readonly Said[] | null,
  uids: UidSet,
  read: (left: UidSet) => Promise<readonly Said[]>,
): Promise<readonly Said[]> => {
  const left = answered === null ? uids : without(uids, uidSetOf(answered.map(({ uid }) => uid)));
  const rest = left === "" ? [] : await read(left);
  return [...(answered ?? []), ...rest].toSorted((one, other) => one.uid - other.uid);
};
