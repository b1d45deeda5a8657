import { describe, expect, it } from "vitest";
import { Interruption, interruptEverywhere, interruptible } from "../../support/interruptions.ts";

class Counter {
  count = 0;
  async add(): Promise<number> {
    this.count += 1;
    return this.count;
  }
  read(): number {
    return this.count;
  }
}

const begin = async () => ({ one: new Counter(), other: new Counter() });

describe("interrupting a run", () => {
  it("cuts it off before or after the effect of the call that is meant, and keeps it dead", async () => {
    for (const [moment, effect] of [
      ["before", 1],
      ["after", 2],
    ] as const) {
      const whole = await begin();
      const { ports, calls } = interruptible(whole, { call: 3, moment });
      await ports.one.add();
      await ports.other.add();
      await expect(ports.one.add()).rejects.toThrow(Interruption);
      expect(whole.one.count).toBe(effect);
      expect(() => ports.other.add()).toThrow(Interruption);
      expect(whole.other.count).toBe(1);
      expect(calls()).toBe(3);
    }
  });

  it("lets what is synchronous pass uncounted", async () => {
    const { ports, calls } = interruptible(await begin(), null);
    expect(ports.one.read()).toBe(0);
    expect(calls()).toBe(0);
  });

  it("finds work that is not safe to repeat", async () => {
    const unsafe = interruptEverywhere({
      begin,
      run: (ports) => ports.one.add(),
      check: ({ one }) => {
        if (one.count !== 1) throw new Error(`counted ${one.count}`);
      },
    });
    await expect(unsafe).rejects.toThrow("counted 2");
  });

  it("goes through every call twice, and finds a run that swallows its interruption", async () => {
    const safe = await interruptEverywhere({
      begin,
      run: async ({ one, other }) => {
        if (one.read() === 0) await one.add();
        if (other.read() === 0) await other.add();
      },
      check: ({ one, other }) => expect([one.count, other.count]).toEqual([1, 1]),
    });
    expect(safe).toBe(4);
    const deaf = interruptEverywhere({
      begin,
      run: ({ one }) => one.add().catch(() => 0),
      check: () => undefined,
    });
    await expect(deaf).rejects.toThrow("survived its interruption before call 1");
  });

  it("refuses a port whose asynchronous method does not say so", () => {
    const { ports } = interruptible({ port: { go: () => Promise.resolve(1) } }, null);
    expect(() => ports.port.go()).toThrow("Declare go as async");
  });
});
