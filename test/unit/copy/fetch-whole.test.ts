import { describe, expect, it } from "vitest";
import { FolderPath } from "../../../shared/contract/ids.ts";
import { type Chunk, fetchWhole } from "../../../shared/copy/fetch-chunks.ts";
import { Room } from "../../../shared/copy/room.ts";
import { uidRange, uidsIn } from "../../../shared/copy/uid-set.ts";
import type { MailSession, RawMessage } from "../../../shared/ports/mail-server.ts";

/** A source of messages each of which fills a chunk, with what it was asked for and gave. */
const sourceOf = (mayGiveMore: Promise<void> = Promise.resolve()) => {
  const asked: string[] = [];
  const given: number[] = [];
  const source: Pick<MailSession, "fetch"> = {
    fetch: async function* (_path, uids) {
      asked.push(uids);
      for (const uid of uidsIn(uids)) {
        const raw = Buffer.alloc(1_000_000, uid);
        const message: RawMessage = {
          uid,
          size: 1,
          internalDate: "2020-01-01T00:00:00.000Z",
          flags: [],
          raw,
        };
        given.push(uid);
        yield message;
        await mayGiveMore;
      }
    },
  };
  const begin = (room: Room) => fetchWhole(source, FolderPath.parse("INBOX"), uidRange(1, 4), room);
  return { begin, asked, given };
};

const roomFor = (chunks: number): Room =>
  new Room({ pieces: Number.POSITIVE_INFINITY, weight: chunks * 1_000_000 });

/** The first octet of every message, which is its UID. */
const firstOctets = async (chunks: AsyncIterable<Chunk>): Promise<(number | undefined)[]> => {
  const octets: (number | undefined)[] = [];
  for await (const { messages } of chunks) octets.push(...messages.map(({ raw }) => raw[0]));
  return octets;
};

/** Lets everything happen that waits for nobody. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
};

describe("messages that are held until they are taken", () => {
  it.each([
    { chunks: 4, refetched: [] },
    { chunks: 3, refetched: ["4"] },
    { chunks: 1, refetched: ["2:4"] },
  ])("come whole and in their order where there is room for $chunks of 4", async ({ chunks, refetched }) => {
    const { begin, asked } = sourceOf();
    const fetched = begin(roomFor(chunks));
    await settle();
    expect(asked).toEqual(["1:4"]);
    expect(await firstOctets(fetched)).toEqual([1, 2, 3, 4]);
    expect(asked).toEqual(["1:4", ...refetched]);
  });

  it("leave room to the next ones as they are taken, and only then", async () => {
    const { begin, asked } = sourceOf();
    const room = roomFor(4);
    const first = begin(room);
    await settle();
    const early = begin(room);
    await settle();
    expect(await firstOctets(first)).toEqual([1, 2, 3, 4]);
    const late = begin(room);
    await settle();
    expect(asked).toHaveLength(3);
    expect(await firstOctets(late)).toEqual([1, 2, 3, 4]);
    expect(asked).toHaveLength(3);
    expect(await firstOctets(early)).toEqual([1, 2, 3, 4]);
    expect(asked.slice(3)).toEqual(["1:4"]);
  });

  it("are not fetched any further when they are left", async () => {
    const { promise: mayGiveMore, resolve: giveMore } = Promise.withResolvers<void>();
    const { begin, given } = sourceOf(mayGiveMore);
    const fetched = begin(roomFor(4));
    await settle();
    const left = fetched[Symbol.asyncIterator]().return?.();
    giveMore();
    await left;
    await settle();
    expect(given.length).toBeLessThan(4);
  });
});
