import { describe, expect, it } from "vitest";
import { FolderPath } from "../../../shared/contract/ids.ts";
import { fetchChunks } from "../../../shared/copy/fetch-chunks.ts";
import { uidOf, uidRange } from "../../../shared/copy/uid-set.ts";
import type { MailSession } from "../../../shared/ports/mail-server.ts";

/** Of messages of so many octets, how many came with each chunk. */
const chunksOf = async (sizes: readonly number[]): Promise<readonly number[]> => {
  const source: Pick<MailSession, "fetch"> = {
    fetch: async function* () {
      for (const [index, size] of sizes.entries())
        yield {
          ...{ uid: uidOf(index + 1), size, internalDate: "2020-01-01T00:00:00.000Z", flags: [] },
          raw: Buffer.alloc(size),
        };
    },
  };
  const lengths: number[] = [];
  for await (const { messages } of fetchChunks(source, FolderPath.parse("INBOX"), uidRange(1, sizes.length)))
    lengths.push(messages.length);
  return lengths;
};

describe("messages that are fetched in chunks", () => {
  it("come in small ones first, so that the target has something to do, and in ever larger ones", async () => {
    expect(await chunksOf(Array.from({ length: 160 }, () => 20_000))).toEqual([3, 6, 12, 25, 50, 50, 14]);
  });

  it("are no more than 64 at a time", async () => {
    expect(await chunksOf(Array.from({ length: 200 }, () => 100))).toEqual([64, 64, 64, 8]);
  });

  it("come by themselves where one is larger than a chunk", async () => {
    expect(await chunksOf([10, 2_000_000, 2_000_000, 10, 10])).toEqual([1, 1, 1, 2]);
  });
});
