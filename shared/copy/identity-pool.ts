import type { Uid } from "../contract/ids.ts";

/**
 * Messages of the target that may each stand for one message of the source, by content identity. Twins stay twins: every one
 * of them is given out once, the lowest UID first, so that the same question asked again after a crash gets the same answer.
 */
export class IdentityPool {
  readonly #waiting = new Map<string, Uid[]>();

  /** Adds a message; UIDs come in ascending order. */
  add(identity: string, uid: Uid): void {
    const twins = this.#waiting.get(identity);
    if (twins === undefined) this.#waiting.set(identity, [uid]);
    else twins.push(uid);
  }

  /** Gives out a message of this identity, or null when none is left. */
  take(identity: string): Uid | null {
    return this.#waiting.get(identity)?.shift() ?? null;
  }
}
