import { type Capacity, Room } from "./room.ts";

/**
 * What may be on its way to the target, in messages and octets: enough that a server is not without work for a round trip, and so little
 * that one that goes on storing it after the connection is lost has done so before it is looked at again. What comes later still is
 * settled at the end of the pass (`settleDoubt`).
 */
const mostUnderWay = { pieces: 640, weight: 12_000_000 } as const;

/** More octets than this are a message that goes by itself (`fetchChunks`). */
const largeFrom = 1_000_000;

/**
 * The way to the target, which the parts of a batch share. Large messages have one of their own: one of 10 MB would leave no room for
 * others, and the target without work until a round trip after it has been stored.
 */
export class WayToTarget implements Pick<Room, "enter" | "leave"> {
  readonly #ordinary = new Room(mostUnderWay);
  readonly #large = new Room(mostUnderWay);

  /** Waits until there is room for so much, and takes it. */
  enter(taken: Capacity): Promise<void> {
    return this.#roomFor(taken).enter(taken);
  }

  /** Gives it back. */
  leave(taken: Capacity): void {
    this.#roomFor(taken).leave(taken);
  }

  #roomFor({ weight }: Capacity): Room {
    return weight > largeFrom ? this.#large : this.#ordinary;
  }
}
