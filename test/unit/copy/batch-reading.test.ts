import { describe, expect, it } from "vitest";
import type { Uid } from "../../../shared/contract/ids.ts";
import { BatchRecord, FolderRecord } from "../../../shared/contract/mailbox.ts";
import { BatchReading } from "../../../shared/copy/batch-reading.ts";
import { uidRange, uidsIn } from "../../../shared/copy/uid-set.ts";
import type { MailSession, RawMessage } from "../../../shared/ports/mail-server.ts";
import { exampleId } from "../../support/migration-example.ts";

const mailbox = { migrationId: exampleId, address: "a@b.example" };
const pathOf = (index: number): string => `Folder ${index}`;

/** A batch of folders of three messages each, which together are said to have so many octets. */
const batchOf = (sizes: readonly number[], oversize: readonly number[] = []): BatchRecord =>
  BatchRecord.parse({
    ...{ ...mailbox, batchId: "000001-000001", pass: 1 },
    parts: sizes.map((bytes, index) => ({
      ...{ sourcePath: pathOf(index), sourceUidValidity: "1", targetPath: pathOf(index) },
      ...{ uids: uidRange(1, 3), messages: 3, bytes, progress: { state: "planned" } },
      oversize: oversize.includes(index) ? uidRange(1, 1) : "",
    })),
  });

const folderOf = (index: number): FolderRecord =>
  FolderRecord.parse({
    ...{ ...mailbox, sourcePath: pathOf(index), sourceUidValidity: "1", targetPath: pathOf(index) },
    ...{ targetUidValidity: "2", provenance: "same-name", targetUidNextAtFirst: 1, plannedBelowUid: 2 },
    flagsAsOfModseq: null,
  });

/** Lets everything happen that waits for nobody. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
};

/** A batch being read from a source that gives each folder's message when the test lets it. */
const reading = async (batch: BatchRecord, octets: readonly number[] = [0]) => {
  const asked: string[] = [];
  const ended: string[] = [];
  const sent: Uint8Array[] = [];
  const gates = new Map<string, PromiseWithResolvers<void>>(
    batch.parts.map(({ sourcePath }) => [sourcePath, Promise.withResolvers()]),
  );
  const message = (index: number, uid: Uid, more: number): RawMessage => ({
    ...{ uid, size: 3, internalDate: "2020-01-01T00:00:00.000Z", flags: [] },
    raw: Buffer.concat([Buffer.from(`${index}\r\n`), Buffer.alloc(more)]),
  });
  const source: Pick<MailSession, "folderStatus" | "metadata" | "subject" | "fetch"> = {
    folderStatus: async () => null,
    metadata: async () => [],
    subject: async () => "",
    fetch: async function* (path, uids) {
      asked.push(path);
      try {
        await gates.get(path)?.promise;
        const index = batch.parts.findIndex(({ sourcePath }) => sourcePath === path);
        for (const uid of uidsIn(uids)) {
          const more = octets[uid - 1];
          if (more === undefined) continue;
          const given = message(index, uid, more);
          sent.push(given.raw);
          yield given;
        }
      } finally {
        ended.push(path);
      }
    },
  };
  const folders = new Map(batch.parts.map(({ sourcePath }, index) => [sourcePath, folderOf(index)]));
  const read = new BatchReading(source, batch, folders, true);
  await settle();
  const take = async (index: number): Promise<string> => {
    let text = "";
    for await (const { messages } of (await read.part(index)).chunks)
      for (const { raw } of messages) text += Buffer.from(raw).toString();
    return text;
  };
  const give = (...indices: readonly number[]): void => {
    for (const index of indices) gates.get(pathOf(index))?.resolve();
  };
  return { read, asked, ended, sent, give, take, count: () => asked.length };
};

describe("the reading of a batch", () => {
  it("asks for small parts before those in front of them have come, and gives them in their order", async () => {
    const { asked, give, take, read } = await reading(batchOf([5, 5, 5]));
    expect(asked).toEqual([0, 1, 2].map(pathOf));
    give(2, 1, 0);
    for (const index of [0, 1, 2]) {
      expect(await take(index)).toBe(`${index}\r\n`);
      expect(read.next()).toBe(index < 2);
    }
  });

  it.each([
    { what: "octets", sizes: [50_000_000, 3_000_000, 900_000, 200_000, 1], first: 3, later: [3, 5] },
    { what: "a large one behind", sizes: [1, 50_000_000, 1], first: 1, later: [3] },
    { what: "parts", sizes: Array.from({ length: 40 }, () => 1), first: 33, later: [33, 34] },
  ])("asks for no more of them than are held at a time: $what", async ({ sizes, first, later }) => {
    const { count, give, take, read } = await reading(batchOf(sizes));
    expect(count()).toBe(first);
    for (const [index, expected] of later.entries()) {
      give(index);
      await take(index);
      read.next();
      await settle();
      expect(count()).toBe(expected);
    }
  });

  it("asks for one with messages that are too large when nothing else is on its way", async () => {
    const { asked, give, take, read } = await reading(batchOf([5, 5, 5], [1]));
    expect(asked).toEqual([pathOf(0)]);
    give(0);
    await take(0);
    expect(read.next()).toBe(true);
    await settle();
    // What the source says of the size by now is believed: it is fetched all the same.
    expect(asked).toEqual([0, 2, 1].map(pathOf));
  });

  it("reads what is asked for ahead to its end, though nobody takes it yet, and the first only so far", async () => {
    const { ended, give } = await reading(batchOf([5, 5]), [600_000, 600_000, 600_000]);
    give(0, 1);
    await settle();
    expect(ended).toEqual([pathOf(1)]);
  });

  it("holds only so much of what is larger than the source told, and asks for the rest once more in its turn", async () => {
    const parts = 6;
    const sizes = Array.from({ length: parts }, () => 5);
    const ofEach = 3 * (3 + 990_000);
    const { asked, give, take, read, sent } = await reading(batchOf(sizes), [990_000, 990_000, 990_000]);
    for (const index of sizes.keys()) {
      give(index);
      await settle();
    }
    const held = sent.reduce((sum, { length }) => sum + length, 0);
    // The first part is the one that is being taken.
    expect(held).toBeLessThanOrEqual(ofEach + 8_000_000);
    expect(asked).toHaveLength(parts);
    for (const index of sizes.keys()) {
      expect((await take(index)).length).toBe(ofEach);
      expect(read.next()).toBe(index < parts - 1);
    }
    expect(asked.slice(parts)).toEqual([3, 4, 5].map(pathOf));
  });

  it("passes over parts that turn out not to be wanted, wherever they stand", async () => {
    for (const unwanted of [[0], [1], [2], [0, 1], [1, 2], [0, 2]]) {
      const { read, give, take } = await reading(batchOf([5, 5, 5]));
      const wanted = [0, 1, 2].filter((index) => !unwanted.includes(index));
      give(0, 1, 2);
      await read.goOnWith(new Set(wanted));
      for (const [place, index] of wanted.entries()) {
        expect(await take(index)).toBe(`${index}\r\n`);
        expect(read.next()).toBe(place < wanted.length - 1);
      }
    }
  });

  it("is thrown away when all of it has come", async () => {
    const { read, give, ended } = await reading(batchOf([5, 5]));
    let isOver = false;
    const thrownAway = read.goOnWith(new Set()).then(() => {
      isOver = true;
    });
    give(1);
    await settle();
    expect(isOver).toBe(false);
    give(0);
    await thrownAway;
    expect(ended.toSorted()).toEqual([pathOf(0), pathOf(1)]);
  });

  it("leaves nothing behind when it is left", async () => {
    const { read, give, ended } = await reading(batchOf([5, 5, 5]));
    const left = read.leave();
    give(0, 1, 2);
    await left;
    expect(ended.toSorted()).toEqual([0, 1, 2].map(pathOf));
  });
});
