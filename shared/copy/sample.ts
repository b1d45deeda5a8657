import type { ToCompare } from "./compare-content.ts";
import type { UidPair } from "./uid-map.ts";

/** How many messages of a folder are read beside its largest one, and how many octets they may come to. */
const most = { messages: 8, bytes: 2_000_000 } as const;

interface Candidate {
  readonly pair: UidPair;
  readonly size: number;
}

/**
 * Chooses the messages of a folder whose octets are read on both sides: always the largest, because it is what breaks first, and a
 * few that lie spread over the folder. The same messages give the same choice, whatever the order they are offered in.
 */
export class Sample {
  #largest: Candidate | null = null;
  #spread: Candidate[] = [];

  offer(pair: UidPair, size: number): void {
    const candidate = { pair, size };
    if (this.#largest === null || isLarger(candidate, this.#largest)) this.#largest = candidate;
    const last = this.#spread.at(-1);
    if (this.#spread.length === most.messages && last !== undefined && rank(last) < rank(candidate)) return;
    this.#spread.push(candidate);
    this.#spread.sort((one, other) => rank(one) - rank(other));
    this.#spread.length = Math.min(this.#spread.length, most.messages);
  }

  chosen(): ToCompare {
    if (this.#largest === null) return { pairs: [], largest: 0 };
    const chosen = new Map([[this.#largest.pair[0], this.#largest.pair]]);
    let bytes = 0;
    for (const { pair, size } of this.#spread) {
      bytes += size;
      if (bytes <= most.bytes) chosen.set(pair[0], pair);
    }
    return { pairs: [...chosen.values()], largest: this.#largest.size };
  }
}

/** The choice of every message that is offered. */
export class EveryMessage {
  readonly #pairs: UidPair[] = [];
  #largest = 0;

  offer(pair: UidPair, size: number): void {
    this.#pairs.push(pair);
    this.#largest = Math.max(this.#largest, size);
  }

  chosen(): ToCompare {
    return { pairs: this.#pairs, largest: this.#largest };
  }
}

const isLarger = (one: Candidate, other: Candidate): boolean =>
  one.size > other.size || (one.size === other.size && one.pair[0] < other.pair[0]);

/** A place in an order that has nothing to do with age: Knuth's multiplicative hash of the UID, which is a permutation. */
const rank = ({ pair: [uid] }: Candidate): number => Math.imul(uid, 2_654_435_761) >>> 0;
