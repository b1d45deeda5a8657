import type { FolderPath } from "../../../shared/contract/ids.ts";
import { hasKeyword, storableFlags } from "../../../shared/copy/storable-flags.ts";
import type { AppendOutcome, MailSession, OutgoingMessage } from "../../../shared/ports/mail-server.ts";
import { appendMessages } from "./append-messages.ts";
import type { Connection } from "./connection.ts";
import { commandFailure } from "./failure.ts";
import type { Selection } from "./selection.ts";
import type { Turns } from "./turns.ts";
import { appendMany } from "./wire/append-many.ts";
import type { BulkLines } from "./wire/bulk-lines.ts";
import { failureOf } from "./wire/status-response.ts";

/** From so many messages of a session on a further connection pays: opening one costs some five round trips with TLS, an APPEND two. */
export const manyMessages = 4;

/** What every server keeps; asking a folder for its PERMANENTFLAGS costs a round trip, so that is done only for keywords. */
const systemFlags: readonly string[] = ["\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft"];

/** A session's connections, and what it knows of its folders. */
export interface AppendScope {
  readonly connection: Connection;
  readonly selection: Selection;
  readonly turns: Turns;
  readonly lines: BulkLines;
  readonly permanentFlags: (path: FolderPath) => Promise<readonly string[]>;
  /** Told what became of messages that went over connections of their own, while the session's is free. */
  readonly stored: (path: FolderPath, outcomes: readonly AppendOutcome[]) => void;
}

/** APPEND of a session: a few messages over its own connection, many over those opened for them. */
export const appendOver = (scope: AppendScope): MailSession["append"] => {
  const { connection, selection, turns, lines, permanentFlags } = scope;
  const { server, mailbox } = connection;
  const limit = connection.client.capabilities.get("APPENDLIMIT");
  const largest = typeof limit === "number" ? limit : Number.POSITIVE_INFINITY;
  let appended = 0;
  return async (path, messages) => {
    appended += messages.length;
    const [appenders, kept] = await Promise.all([
      appended < manyMessages ? [] : lines.appenders(),
      messages.some(({ flags }) => hasKeyword(flags)) ? permanentFlags(path) : systemFlags,
    ]);
    const oneByOne = (those: readonly OutgoingMessage[]) =>
      turns.take(() => appendMessages(connection, selection, path, those, kept));
    if (appenders.length === 0) return oneByOne(messages);
    const outcomes = await appendMany(
      {
        appenders,
        rung: lines.rung,
        path,
        largest,
        refused: (answer) => {
          throw commandFailure(server, failureOf(answer), { path, mailbox });
        },
      },
      withFlags(messages, kept),
      (left) => (left.length === 0 ? Promise.resolve([]) : oneByOne(left)),
    );
    scope.stored(path, outcomes);
    return outcomes;
  };
};

/** The messages with those of their flags that are kept. Most have one of a few sets, so each set is looked at once. */
const withFlags = (
  messages: readonly OutgoingMessage[],
  kept: readonly string[],
): readonly OutgoingMessage[] => {
  const storable = new Map<string, readonly string[]>();
  return messages.map(({ raw, internalDate, flags }) => {
    const set = flags.join(" ");
    const known = storable.get(set) ?? storableFlags(flags, kept);
    storable.set(set, known);
    return { raw, internalDate, flags: known };
  });
};
