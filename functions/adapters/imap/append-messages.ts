import type { FolderPath } from "../../../shared/contract/ids.ts";
import { hasKeyword, storableFlags } from "../../../shared/copy/storable-flags.ts";
import { uidOf } from "../../../shared/copy/uid-set.ts";
import type { AppendOutcome, OutgoingMessage } from "../../../shared/ports/mail-server.ts";
import type { Connection } from "./connection.ts";
import { commandFailure, isBusy, readFailure, wordsOf } from "./failure.ts";
import type { Selection } from "./selection.ts";

/**
 * Appends one message after the other with those of its flags that are `permanent`, where no folder is selected. After a lost connection every message from there on is
 * `unknown`: the one that was under way may be stored. @throws FolderUnusable, ServerBusy
 */
export const appendMessages = async (
  connection: Connection,
  selection: Selection,
  path: FolderPath,
  messages: readonly OutgoingMessage[],
  permanent: readonly string[],
): Promise<readonly AppendOutcome[]> => {
  await selection.none();
  const outcomes: AppendOutcome[] = [];
  for (const message of messages) {
    const last = outcomes.at(-1);
    if (last?.outcome === "unknown") outcomes.push(last);
    else outcomes.push(await appendOne(connection, path, message, storableFlags(message.flags, permanent)));
  }
  return outcomes;
};

/** A folder's number of keywords may be limited: a message refused with keywords is tried once without them. A refusal stores nothing. */
const appendOne = async (
  connection: Connection,
  path: FolderPath,
  message: OutgoingMessage,
  flags: readonly string[],
): Promise<AppendOutcome> => {
  const outcome = await append(connection, path, message, flags);
  if (outcome.outcome !== "refused" || !hasKeyword(flags)) return outcome;
  const plain = await append(
    connection,
    path,
    message,
    flags.filter((flag) => !hasKeyword([flag])),
  );
  return plain.outcome === "refused" ? outcome : plain;
};

const append = async (
  { client, server, mailbox }: Connection,
  path: FolderPath,
  { raw, internalDate }: OutgoingMessage,
  flags: readonly string[],
): Promise<AppendOutcome> => {
  try {
    const content = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
    const answer = await client.append(path, content, [...flags], new Date(internalDate));
    if (answer === false) return { outcome: "unknown", reason: "the connection ended before the APPEND" };
    // Whether imapflow has sent the last of it, nobody can tell.
    return { outcome: "stored", uid: answer.uid === undefined ? null : uidOf(answer.uid), isLetGo: false };
  } catch (thrown) {
    const failure = readFailure(thrown);
    const code = failure.serverResponseCode ?? null;
    // imapflow itself stops what is above the announced APPENDLIMIT (RFC 7889) and sends nothing.
    const isAnswered = failure.responseStatus !== undefined || code === "APPENDLIMIT";
    if (isAnswered && (code === "TRYCREATE" || isBusy(failure))) {
      throw commandFailure(server, thrown, { path, mailbox });
    }
    if (isAnswered) return { outcome: "refused", code, words: wordsOf(failure) };
    return { outcome: "unknown", reason: wordsOf(failure) };
  }
};
