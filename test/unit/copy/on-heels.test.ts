import { describe, expect, it } from "vitest";
import { type AmongOthers, onHeels } from "../../../shared/copy/on-heels.ts";
import { quietly } from "../../../shared/copy/quietly.ts";

interface Work extends AmongOthers {
  readonly item: string;
  end(result: string): void;
  fail(): void;
}

/** Lets everything happen that waits for nobody. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
};

/** Three pieces of work that go on until the test ends them. */
const started = async (use: (item: string, result: string) => Promise<void> = async () => undefined) => {
  const begun: Work[] = [];
  const events: string[] = [];
  let isOver = false;
  const done = quietly(
    onHeels(["one", "two", "three"], {
      begin: (item, others) => {
        const { promise, resolve, reject } = Promise.withResolvers<string>();
        begun.push({ ...others, item, end: resolve, fail: () => reject(new Error(`${item} failed`)) });
        return promise;
      },
      whenDone: () => {
        events.push("done");
      },
      use: async (item, result) => {
        events.push(`${item}: ${result}`);
        await use(item, result);
      },
    }).finally(() => {
      isOver = true;
    }),
  );
  await settle();
  return { begun, events, done, isOver: () => isOver };
};

describe("work on each other's heels", () => {
  it("begins when the one before says so, and is used in its order, whatever ends first", async () => {
    const { begun, events, done } = await started();
    expect(begun.map(({ item }) => item)).toEqual(["one"]);
    begun[0]?.letNext();
    await settle();
    begun[1]?.letNext();
    await settle();
    expect(begun.map(({ item }) => item)).toEqual(["one", "two", "three"]);
    begun[2]?.end("last");
    begun[1]?.end("second");
    await settle();
    expect(events).toEqual([]);
    begun[0]?.end("first");
    await done;
    expect(events).toEqual(["one: first", "done", "two: second", "three: last"]);
  });

  it("begins when the one before has ended without saying anything", async () => {
    const { begun, events, done } = await started();
    for (const result of ["first", "second", "third"]) {
      begun.at(-1)?.end(result);
      await settle();
    }
    await done;
    expect(events).toEqual(["one: first", "two: second", "three: third", "done"]);
  });

  it("begins no more once one has failed, and is over only when the others are", async () => {
    const { begun, events, done, isOver } = await started();
    begun[0]?.letNext();
    await settle();
    begun[0]?.fail();
    begun[1]?.letNext();
    await settle();
    expect(begun).toHaveLength(2);
    expect(() => begun[1]?.requireHope()).toThrow("one failed");
    expect(isOver()).toBe(false);
    begun[1]?.end("in vain");
    await expect(done).rejects.toThrow("one failed");
    expect(events).toEqual([]);
  });

  it("ends with what could not be used, and uses nothing behind it", async () => {
    const { begun, events, done } = await started(async (item) => {
      if (item === "one") throw new Error("not recorded");
    });
    begun[0]?.letNext();
    await settle();
    begun[0]?.end("first");
    await settle();
    expect(() => begun[1]?.requireHope()).toThrow("not recorded");
    begun[1]?.end("second");
    await expect(done).rejects.toThrow("not recorded");
    expect(begun).toHaveLength(2);
    expect(events).toEqual(["one: first"]);
  });
});
