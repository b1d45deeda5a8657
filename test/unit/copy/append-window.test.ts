import { describe, expect, it } from "vitest";
import { AppendWindow } from "../../../shared/copy/append-window.ts";

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

interface Chunk {
  readonly messages: number;
  readonly bytes: number;
}

/** A window with what entered it, by name, in the order in which it did. */
const opened = () => {
  const window = new AppendWindow();
  const entered: string[] = [];
  const enter = (name: string, { messages, bytes }: Chunk): void => {
    void window.enter(messages, bytes).then(() => entered.push(name));
  };
  return { window, enter, entered };
};

describe("the room on the way to the target", () => {
  it.each([
    { what: "octets", messages: [1, 1, 1], bytes: [7_000_000, 6_000_000, 5_000_000] },
    { what: "messages", messages: [400, 300, 240], bytes: [10, 10, 10] },
  ])("is shared by all that goes there, by $what", async ({ messages, bytes }) => {
    const [first, second, third] = [0, 1, 2].map((at) => ({
      messages: messages[at] ?? 0,
      bytes: bytes[at] ?? 0,
    }));
    if (first === undefined || second === undefined || third === undefined) throw new Error("too few chunks");
    const { window, enter, entered } = opened();
    enter("first", first);
    enter("second", second);
    await settle();
    expect(entered).toEqual(["first"]);
    enter("third", third);
    await settle();
    expect(entered).toEqual(["first", "third"]);
    window.leave(first.messages, first.bytes);
    await settle();
    expect(entered).toEqual(["first", "third", "second"]);
  });

  it("is there for a single chunk, however large, and for nothing beside it", async () => {
    const { window, enter, entered } = opened();
    enter("huge", { messages: 1, bytes: 150_000_000 });
    enter("small", { messages: 1, bytes: 1 });
    await settle();
    expect(entered).toEqual(["huge"]);
    window.leave(1, 150_000_000);
    await settle();
    expect(entered).toEqual(["huge", "small"]);
  });
});
