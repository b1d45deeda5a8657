import type { FolderPath } from "../../../../shared/contract/ids.ts";
import type { AppendOutcome, OutgoingMessage } from "../../../../shared/ports/mail-server.ts";
import type { Appender } from "./appender.ts";
import { type BulkOutcome, bulkAppend } from "./bulk-append.ts";
import type { Rung } from "./rung.ts";
import type { StatusResponse } from "./status-response.ts";

/** Where messages go, and over what. */
export interface ManyScope {
  readonly appenders: readonly Appender[];
  readonly rung: Rung;
  readonly path: FolderPath;
  /** What the target announces in APPENDLIMIT (RFC 7889). */
  readonly largest: number;
  /** Throws what an answer means that concerns more than one message. */
  readonly refused: (answer: StatusResponse) => void;
}

/**
 * Appends many messages: together where that can be, one by one what goes only so, or what was refused together. An answer of NO
 * or BAD proves that nothing of its command was stored (RFC 3502 §6.3.11), so those are sent again; where an answer is missing,
 * nothing is.
 */
export const appendMany = async (
  { appenders, rung, path, largest, refused }: ManyScope,
  messages: readonly OutgoingMessage[],
  oneByOne: (messages: readonly OutgoingMessage[]) => Promise<readonly AppendOutcome[]>,
): Promise<readonly AppendOutcome[]> => {
  const plain = messages.filter((message) => goesTogether(message, largest));
  const outcomes = await bulkAppend(appenders, rung, path, plain, refused);
  if (plain.length === messages.length) {
    const stored = outcomes.filter((outcome) => outcome.outcome === "stored");
    if (stored.length === messages.length) return stored;
  }
  const met = new Map<OutgoingMessage, BulkOutcome | undefined>(
    plain.map((message, index) => [message, outcomes[index]]),
  );
  const lost = outcomes.find(({ outcome }) => outcome === "unknown");
  const left = messages.filter((message) => (met.get(message)?.outcome ?? "notStored") === "notStored");
  const single = lost === undefined ? await oneByOne(left) : [];
  const last = new Map(left.map((message, index) => [message, single[index]]));
  return messages.map((message) => {
    const outcome = met.get(message);
    if (outcome !== undefined && outcome.outcome !== "notStored") return outcome;
    return last.get(message) ?? { outcome: "unknown", reason: reasonOf(lost) };
  });
};

/**
 * A literal holds no NUL (RFC 3501 §4.3), and one of no octets gives up a MULTIAPPEND (RFC 3502 §6.3.11). What is too large is
 * not sent at all, and would take the others of its command with it.
 */
const goesTogether = ({ raw }: OutgoingMessage, largest: number): boolean =>
  raw.length > 0 && raw.length <= largest && !raw.includes(0);

const reasonOf = (outcome: BulkOutcome | undefined): string =>
  outcome?.outcome === "unknown" ? outcome.reason : "the server gave fewer answers than it was asked for";
