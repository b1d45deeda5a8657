/** How much there may be at a time, unless a single piece weighs more. */
export interface Capacity {
  readonly pieces: number;
  readonly weight: number;
}

/** Room that several share who do things side by side. */
export class Room {
  readonly #capacity: Capacity;
  #pieces = 0;
  #weight = 0;
  #left = Promise.withResolvers<void>();

  constructor(capacity: Capacity) {
    this.#capacity = capacity;
  }

  /** Waits until there is room for so much, and takes it. */
  async enter({ pieces, weight }: Capacity): Promise<void> {
    while (!this.tryEnter({ pieces, weight })) await this.#left.promise;
  }

  /** Takes so much if there is room for it now. */
  tryEnter({ pieces, weight }: Capacity): boolean {
    if (this.#pieces > 0 && !this.#has({ pieces, weight })) return false;
    this.#pieces += pieces;
    this.#weight += weight;
    return true;
  }

  /** Gives it back. */
  leave({ pieces, weight }: Capacity): void {
    this.#pieces -= pieces;
    this.#weight -= weight;
    this.#left.resolve();
    this.#left = Promise.withResolvers();
  }

  #has({ pieces, weight }: Capacity): boolean {
    const { pieces: most, weight: heaviest } = this.#capacity;
    return this.#pieces + pieces <= most && this.#weight + weight <= heaviest;
  }
}
