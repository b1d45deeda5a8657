import { describe, expect, it } from "vitest";
import { WayToTarget } from "../../../shared/copy/way-to-target.ts";

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

const large = { pieces: 1, weight: 10_000_000 };
const ordinary = { pieces: 64, weight: 1_000_000 };

/** What of these enters a new way to a target while nothing leaves it. */
const entered = async (...given: readonly (typeof large)[]) => {
  const way = new WayToTarget();
  const inside: (typeof large)[] = [];
  for (const one of given) void way.enter(one).then(() => inside.push(one));
  await settle();
  return { way, inside };
};

describe("the way to the target", () => {
  it("has room for ordinary messages beside a large one, but not for two large ones", async () => {
    const { way, inside } = await entered(large, ordinary, ordinary, large, ordinary);
    expect(inside).toEqual([large, ordinary, ordinary, ordinary]);
    way.leave(large);
    await settle();
    expect(inside).toHaveLength(5);
  });

  it("has an end to the room for ordinary ones, which a large one that leaves does not make", async () => {
    const { way, inside } = await entered(large, ...Array.from({ length: 11 }, () => ordinary));
    expect(inside).toEqual([large, ...Array.from({ length: 10 }, () => ordinary)]);
    way.leave(large);
    await settle();
    expect(inside).toHaveLength(11);
    way.leave(ordinary);
    await settle();
    expect(inside).toHaveLength(12);
  });
});
