import type { BatchPart } from "../contract/mailbox.ts";
import type { MailSession, MessageMetadata } from "../ports/mail-server.ts";
import { begun } from "./begun.ts";
import { type Chunk, fetchChunks, fetchWhole } from "./fetch-chunks.ts";
import { largestMessage } from "./refusal.ts";
import type { Room } from "./room.ts";
import { emptyUidSet, uidSetOf, without } from "./uid-set.ts";

/** A message that is not even fetched. */
export interface OversizeMessage {
  readonly message: MessageMetadata;
  readonly subject: string;
}

/**
 * A part on its way from the source. Unless it is read whole, nothing else is answered by the source until `chunks` are taken to their end,
 * or left before it, which ends the connection.
 */
export interface PartReading {
  readonly oversize: readonly OversizeMessage[];
  readonly chunks: AsyncIterable<Chunk>;
}

/**
 * Begins to read a part: its messages come as far as `fetchChunks` reads ahead, whether or not somebody takes them; or as a whole, if
 * there is room to hold them.
 */
export const readPart = async (
  source: Pick<MailSession, "metadata" | "subject" | "fetch">,
  part: Pick<BatchPart, "sourcePath" | "uids" | "oversize">,
  roomForWhole: Room | null = null,
): Promise<PartReading> => {
  const oversize: OversizeMessage[] = [];
  for (const message of await tooLarge(source, part)) {
    oversize.push({ message, subject: await source.subject(part.sourcePath, message.uid) });
  }
  const due = without(part.uids, uidSetOf(oversize.map(({ message }) => message.uid)));
  if (due === emptyUidSet) return { oversize, chunks: nothing() };
  const chunks =
    roomForWhole === null
      ? begun(fetchChunks(source, part.sourcePath, due))
      : fetchWhole(source, part.sourcePath, due, roomForWhole);
  return { oversize, chunks };
};

/** The plan has seen every size; batches of before it said so are looked at again. */
const tooLarge = async (
  source: Pick<MailSession, "metadata">,
  { sourcePath, uids, oversize }: Pick<BatchPart, "sourcePath" | "uids" | "oversize">,
): Promise<readonly MessageMetadata[]> => {
  const asked = oversize ?? uids;
  if (asked === emptyUidSet) return [];
  return (await source.metadata(sourcePath, asked)).filter(({ size }) => size > largestMessage);
};

async function* nothing(): AsyncGenerator<never> {
  // There is nothing to fetch.
}
