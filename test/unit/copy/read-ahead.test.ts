import { describe, expect, it } from "vitest";
import { readAhead } from "../../../shared/copy/read-ahead.ts";
import { collected } from "../../support/collected.ts";

/** Numbers from 1 on, noting how many were asked for and whether they were left. */
const source = (count: number, failAt = 0) => {
  const seen = { taken: 0, left: false };
  const items = async function* items(): AsyncGenerator<number> {
    try {
      for (let number = 1; number <= count; number += 1) {
        if (number === failAt) throw new Error(`no ${number}`);
        seen.taken = number;
        yield number;
      }
    } finally {
      seen.left = true;
    }
  };
  return { seen, items: items() };
};

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
};

describe("reading ahead", () => {
  it("gives everything in order", async () => {
    const { items } = source(1_000);
    expect(await collected(readAhead(items, () => 1, 10))).toEqual(
      Array.from({ length: 1_000 }, (_, index) => index + 1),
    );
  });

  it("takes items while one is in use, but no more than may wait", async () => {
    const { seen, items } = source(1_000);
    for await (const item of readAhead(items, () => 10, 30)) {
      await settled();
      expect(seen.taken).toBe(item + 3);
      if (item === 5) break;
    }
    expect(seen.left).toBe(true);
  });

  it("takes an item that is larger than what may wait", async () => {
    const { items } = source(3);
    expect(await collected(readAhead(items, () => 100, 1))).toEqual([1, 2, 3]);
  });

  it("throws a failure after what came before it", async () => {
    const { items } = source(5, 4);
    const given: number[] = [];
    const reading = async (): Promise<void> => {
      for await (const item of readAhead(items, () => 1, 100)) given.push(item);
    };
    await expect(reading()).rejects.toThrow("no 4");
    expect(given).toEqual([1, 2, 3]);
  });
});
