import { describe, expect, it } from "vitest";
import { writeBatch } from "../../../../functions/adapters/dynamodb/write-batch.ts";

const items = Array.from({ length: 60 }, (_item, index) => index);

describe("writing a batch", () => {
  it("hands over 25 at a time, and again, after longer and longer pauses, what was given back", async () => {
    const written: number[] = [];
    const sizes: number[] = [];
    const pauses: number[] = [];
    await writeBatch(
      items,
      async (batch) => {
        sizes.push(batch.length);
        written.push(...batch.slice(0, 20));
        return batch.slice(20);
      },
      async (milliseconds) => {
        pauses.push(milliseconds);
      },
    );
    expect(sizes).toEqual([25, 25, 10, 10]);
    expect(written.sort((one, other) => one - other)).toEqual(items);
    expect(pauses).toHaveLength(1);
  });

  it("gives up when nothing is taken any more, and says how much is left", async () => {
    let asked = 0;
    const never = async (batch: readonly number[]) => {
      asked += 1;
      return batch;
    };
    await expect(writeBatch(items, never, async () => undefined)).rejects.toThrow("60 items unwritten");
    expect(asked).toBe(24);
  });

  it("has nothing to do for no items", async () => {
    const written = writeBatch([], async () => Promise.reject(new Error("nobody asked")));
    await expect(written).resolves.toBeUndefined();
  });

  it.each(["ProvisionedThroughputExceededException", "RequestLimitExceeded", "ThrottlingException"])(
    "hands a request over again that was refused as a whole: %s",
    async (name) => {
      const written: number[] = [];
      let refusals = 2;
      const write = async (batch: readonly number[]) => {
        refusals -= 1;
        if (refusals >= 0) throw Object.assign(new Error("too much at once"), { name });
        written.push(...batch);
        return [];
      };
      await writeBatch(items, write, async () => {});
      expect(written.sort((one, other) => one - other)).toEqual(items);
    },
  );

  it("throws what is no want of capacity", async () => {
    const denied = Object.assign(new Error("no"), { name: "AccessDeniedException" });
    await expect(
      writeBatch(
        items,
        () => Promise.reject(denied),
        async () => {},
      ),
    ).rejects.toBe(denied);
  });
});
