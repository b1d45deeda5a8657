import type { FolderPath } from "../contract/ids.ts";
import type { MailSession, MessageMetadata, RawMessage } from "../ports/mail-server.ts";
import { uidSetOf } from "./uid-set.ts";

/**
 * What is fetched and appended in one go: enough messages that round trips do not count, few enough bytes that the chunk being
 * written and the one being fetched stay within 8 MB, unless a single message is larger.
 */
const fullest = { messages: 64, bytes: 2_000_000 } as const;

/** A second chunk is fetched while the first is written only as long as both stay below this. */
const mostInFlight = 8_000_000;

/**
 * Fetches messages in chunks, ascending by UID. While a chunk is worked on the next one is on its way, so that source and
 * target are busy at the same time. Messages that are gone by now are missing from their chunk.
 */
export async function* fetchChunks(
  source: Pick<MailSession, "fetch">,
  path: FolderPath,
  listed: readonly MessageMetadata[],
): AsyncGenerator<readonly RawMessage[]> {
  const chunks = cut(listed);
  const fetching = (index: number): Promise<readonly RawMessage[]> =>
    collect(source.fetch(path, uidSetOf((chunks[index] ?? []).map(({ uid }) => uid))));
  let next: Promise<readonly RawMessage[]> | null = null;
  try {
    for (let index = 0; index < chunks.length; index += 1) {
      const chunk: readonly RawMessage[] = await (next ?? fetching(index));
      const both = bytesOf(chunks[index]) + bytesOf(chunks[index + 1]);
      next = index + 1 < chunks.length && both <= mostInFlight ? fetching(index + 1) : null;
      // Observed at once: a failure that comes while the caller is writing must wait for its turn to be reported.
      next?.catch(() => undefined);
      yield chunk;
    }
  } finally {
    await next?.catch(() => undefined);
  }
}

const collect = async (messages: AsyncIterable<RawMessage>): Promise<readonly RawMessage[]> => {
  const collected: RawMessage[] = [];
  for await (const message of messages) collected.push(message);
  return collected;
};

const cut = (listed: readonly MessageMetadata[]): readonly (readonly MessageMetadata[])[] => {
  const chunks: MessageMetadata[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const message of listed) {
    const chunk = chunks.at(-1);
    if (chunk === undefined || chunk.length >= fullest.messages || bytes + message.size > fullest.bytes) {
      chunks.push([message]);
      bytes = message.size;
    } else {
      chunk.push(message);
      bytes += message.size;
    }
  }
  return chunks;
};

const bytesOf = (chunk: readonly MessageMetadata[] | undefined): number =>
  (chunk ?? []).reduce((sum, { size }) => sum + size, 0);
