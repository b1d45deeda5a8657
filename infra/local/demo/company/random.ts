/** A repeatable source of choices: the same seed gives the same sequence on every machine and at every time. */
export interface Random {
  /** A whole number from 0 up to, and without, `below`. */
  integer(below: number): number;
  /** One of the items. @throws Error when there is none. */
  pick<T>(items: readonly T[]): T;
  /** True in `share` of all cases, 0 to 1. */
  chance(share: number): boolean;
  bytes(length: number): Buffer;
  /** Lower-case hexadecimal digits. */
  hex(digits: number): string;
}

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state are plenty for invented mail, and it is fast. */
export function randomFrom(seed: string): Random {
  let state = hashOf(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const integer = (below: number): number => Math.floor((next() / 0x1_0000_0000) * below);
  return {
    integer,
    pick(items) {
      const item = items[integer(items.length)];
      if (item === undefined) throw new Error("There is nothing to pick from.");
      return item;
    },
    chance: (share) => next() / 0x1_0000_0000 < share,
    bytes(length) {
      const bytes = Buffer.alloc(length);
      for (let index = 0; index < length; index += 1) bytes[index] = next() & 0xff;
      return bytes;
    },
    hex: (digits) => Array.from({ length: digits }, () => integer(16).toString(16)).join(""),
  };
}

/** FNV-1a, 32 bits, over UTF-8. */
function hashOf(text: string): number {
  return Buffer.from(text, "utf8").reduce(
    (hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0,
    0x811c9dc5,
  );
}
