import { describe, expect, it } from "vitest";
import { forEachBounded } from "../../../shared/accounts/for-each-bounded.ts";

describe("bounded work", () => {
  it("does everything, never more at once than allowed", async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await forEachBounded([...Array(50).keys()], 4, async (item) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      done.push(item);
    });
    expect(done.sort((one, other) => one - other)).toEqual([...Array(50).keys()]);
    expect(most).toBe(4);
  });

  it("begins nothing more after a failure, and waits for what is under way", async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const work = forEachBounded([...Array(50).keys()], 3, async (item) => {
      begun.push(item);
      await Promise.resolve();
      if (item === 1) throw new Error("no");
      ended.push(item);
    });
    await expect(work).rejects.toThrow("no");
    expect(begun.length).toBeLessThan(8);
    expect(ended).toEqual(begun.filter((item) => item !== 1));
  });

  it("has nothing to do for no items", async () => {
    await expect(forEachBounded([], 5, () => Promise.reject(new Error("never")))).resolves.toBeUndefined();
  });
});
