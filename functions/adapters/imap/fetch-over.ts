import type { FolderPath, Uid, UidSet } from "../../../shared/contract/ids.ts";
import { uidSetOf, without } from "../../../shared/copy/uid-set.ts";
import type { MailSession, MessageMetadata, RawMessage } from "../../../shared/ports/mail-server.ts";
import type { AppendScope } from "./append-over.ts";
import { type Loan, lendConnection } from "./lend-connection.ts";
import { readChangedSince, readMessages, readMetadata, requireGone } from "./read-messages.ts";

type FetchScope = Pick<AppendScope, "connection" | "selection" | "turns">;

/** FETCH of a session. A message that is asked for and does not come must really be gone. */
export const fetchOver = ({ connection, selection, turns }: FetchScope): MailSession["fetch"] =>
  async function* fetch(path: FolderPath, uids: UidSet): AsyncGenerator<RawMessage> {
    const endTurn = await turns.begin();
    try {
      const loan = lendConnection(connection, selection, path);
      if (loan === null) {
        yield* readMessages(connection, selection, path, uids);
        return;
      }
      const received: Uid[] = [];
      try {
        for await (const message of loan.fetcher.fetch(path, uids)) {
          received.push(message.uid);
          yield message;
        }
      } finally {
        await loan.end();
      }
      await requireGone(connection, selection, path, uids, received);
    } finally {
      endTurn();
    }
  };

/** Metadata of a session. Of certain messages it is asked for together with the folder; what is left out then is asked for once more. */
export const metadataOver =
  ({ connection, selection, turns }: FetchScope): MailSession["metadata"] =>
  (path, uids) =>
    turns.take(async () => {
      const loan = uids === undefined || uids === "" ? null : lendConnection(connection, selection, path);
      if (loan === null || uids === undefined) return readMetadata(connection, selection, path, uids);
      const read = await taken(loan, loan.fetcher.metadata(path, uids));
      const left = without(uids, uidSetOf(read.map(({ uid }) => uid)));
      const rest = left === "" ? [] : await readMetadata(connection, selection, path, left);
      return [...read, ...rest].toSorted((one, other) => one.uid - other.uid);
    });

/** The same of messages whose flags changed. */
export const changedSinceOver =
  ({ connection, selection, turns }: FetchScope): MailSession["changedSince"] =>
  (path, modseq) =>
    turns.take(async () => {
      const loan = lendConnection(connection, selection, path);
      if (loan === null) return readChangedSince(connection, selection, path, modseq);
      return taken(loan, loan.fetcher.changedSince(path, modseq));
    });

/** What a server says more than once of a message counts as it says it last. */
const taken = async (
  loan: Loan,
  messages: AsyncIterable<MessageMetadata>,
): Promise<readonly MessageMetadata[]> => {
  const read = new Map<Uid, MessageMetadata>();
  try {
    for await (const { uid, size, internalDate, flags } of messages) {
      read.set(uid, { uid, size, internalDate, flags });
    }
  } finally {
    await loan.end();
  }
  return [...read.values()];
};
