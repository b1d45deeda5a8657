import { describe, expect, it } from "vitest";
import { allEnded } from "../../../shared/accounts/all-ended.ts";

describe("works done side by side", () => {
  it("come to what each of them comes to, in their order", async () => {
    expect(await allEnded([Promise.resolve(1), Promise.resolve("two")])).toEqual([1, "two"]);
  });

  it("fail with the first failure in their order, and only when all have ended", async () => {
    const slow = Promise.withResolvers<void>();
    let ended = false;
    const works = allEnded([slow.promise, Promise.reject(new Error("second"))]);
    const failed = works.catch((error: unknown) => error).finally(() => (ended = true));
    for (let step = 0; step < 20; step += 1) await Promise.resolve();
    expect(ended).toBe(false);
    slow.reject(new Error("first"));
    expect(await failed).toMatchObject({ message: "first" });
  });
});
