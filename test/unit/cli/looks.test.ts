import { describe, expect, it } from "vitest";
import { looksWhenWritten } from "../../../infra/local/cli/looks.ts";

const key = { pk: "MIGRATIONS", sk: "yunfan.example-k3v9" };

/** Looks at one record, and who writes it. */
const watched = () => {
  const writers = new Set<() => void>();
  const looksAt = looksWhenWritten((item, written) => {
    expect(item).toEqual({ table: "state", key });
    writers.add(written);
    return { [Symbol.dispose]: () => void writers.delete(written) };
  }, "state");
  const write = () => {
    for (const written of writers) written();
  };
  return { looks: looksAt(key), write, writers };
};

/** Whether a look is due before time alone makes it so. */
const isDue = async (again: Promise<void>): Promise<boolean> => {
  const others = new Promise((resolve) => setImmediate(() => resolve("not yet")));
  return (await Promise.race([again, others])) !== "not yet";
};

describe("looks at a record in this process", () => {
  it("are due when it is written, and then not before it is written again", async () => {
    const { looks, write } = watched();
    const first = looks.again(0);
    expect(await isDue(first)).toBe(false);
    write();
    expect(await isDue(first)).toBe(true);
    expect(await isDue(looks.again(0))).toBe(false);
  });

  it("are due at once when it was written during the look before, however often", async () => {
    const { looks, write } = watched();
    write();
    write();
    expect(await isDue(looks.again(0))).toBe(true);
    expect(await isDue(looks.again(0))).toBe(false);
  });

  it("are due after a while all the same", async () => {
    await expect(watched().looks.again(0)).resolves.toBeUndefined();
  });

  it("end with who waits", () => {
    const { looks, writers } = watched();
    expect(writers.size).toBe(1);
    looks[Symbol.dispose]();
    expect(writers.size).toBe(0);
  });
});
