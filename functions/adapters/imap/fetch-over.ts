import type { FolderPath, Uid, UidSet } from "../../../shared/contract/ids.ts";
import { uidSetOf, without } from "../../../shared/copy/uid-set.ts";
import type { MailSession, MessageMetadata, RawMessage } from "../../../shared/ports/mail-server.ts";
import type { AppendScope } from "./append-over.ts";
import { readChangedSince, readMessages, readMetadata, requireGone } from "./read-messages.ts";
import type { Reader, Readers } from "./readers.ts";
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
export const metadataOver =
  ({ connection, selection, turns, readers }: FetchScope): MailSession["metadata"] =>
  async (path, uids) => {
    const read = (those?: UidSet) => readMetadata(connection, selection, path, those);
    if (uids === undefined || uids === "") return turns.take(() => read(uids));
    const answered = await taken(await readers.join(), (fetcher) => fetcher.metadata(path, uids));
    const left = answered === null ? uids : without(uids, uidSetOf(answered.map(({ uid }) => uid)));
    const rest = left === "" ? [] : await turns.take(() => read(left));
    return [...(answered ?? []), ...rest].toSorted((one, other) => one.uid - other.uid);
  };

/** The same of messages whose flags changed. */
export const changedSinceOver =
  ({ connection, selection, turns, readers }: FetchScope): MailSession["changedSince"] =>
  async (path, modseq) => {
    const answered = await taken(await readers.join(), (fetcher) => fetcher.changedSince(path, modseq));
    return answered ?? (await turns.take(() => readChangedSince(connection, selection, path, modseq)));
  };

/** What a server says more than once of a message counts as it says it last. Null where there is nobody to be asked. */
const taken = async (
  reader: Reader,
  ask: (fetcher: Fetcher) => AsyncIterable<MessageMetadata>,
): Promise<readonly MessageMetadata[] | null> => {
  const read = new Map<Uid, MessageMetadata>();
  try {
    if (reader.fetcher === null) return null;
    for await (const { uid, size, internalDate, flags } of ask(reader.fetcher)) {
      read.set(uid, { uid, size, internalDate, flags });
    }
  } finally {
    await reader.leave();
  }
  return [...read.values()];
};
