import { describe, expect, it } from "vitest";
import { type Capacity, Room } from "../../../shared/copy/room.ts";

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

/** Room for 640 pieces of 12,000,000 in all, with what entered it, by name, in the order in which it did. */
const opened = () => {
  const room = new Room({ pieces: 640, weight: 12_000_000 });
  const entered: string[] = [];
  const enter = (name: string, taken: Capacity): void => {
    void room.enter(taken).then(() => entered.push(name));
  };
  return { room, enter, entered };
};

describe("room that several share", () => {
  it.each([
    { what: "weight", pieces: [1, 1, 1], weight: [7_000_000, 6_000_000, 5_000_000] },
    { what: "pieces", pieces: [400, 300, 240], weight: [10, 10, 10] },
  ])("is taken by what fits, by $what", async ({ pieces, weight }) => {
    const [first, second, third] = [0, 1, 2].map((at) => ({
      pieces: pieces[at] ?? 0,
      weight: weight[at] ?? 0,
    }));
    if (first === undefined || second === undefined || third === undefined) throw new Error("too few pieces");
    const { room, enter, entered } = opened();
    enter("first", first);
    enter("second", second);
    await settle();
    expect(entered).toEqual(["first"]);
    enter("third", third);
    await settle();
    expect(entered).toEqual(["first", "third"]);
    room.leave(first);
    await settle();
    expect(entered).toEqual(["first", "third", "second"]);
  });

  it("is there for a single piece, however heavy, and for nothing beside it", async () => {
    const { room, enter, entered } = opened();
    enter("huge", { pieces: 1, weight: 150_000_000 });
    enter("small", { pieces: 1, weight: 1 });
    await settle();
    expect(entered).toEqual(["huge"]);
    room.leave({ pieces: 1, weight: 150_000_000 });
    await settle();
    expect(entered).toEqual(["huge", "small"]);
  });
});
