/**
 * What may be on its way to the target, unless a single chunk is larger: enough that a server is not without work for a round
 * trip, and so little that one that goes on storing it after the connection is lost has done so before it is looked at again. What
 * comes later still is settled at the end of the pass (`settleDoubt`).
 */
const mostUnderWay = { bytes: 12_000_000, messages: 640 } as const;

/** The room on the way to the target that the parts of a batch share. */
export class AppendWindow {
  #bytes = 0;
  #messages = 0;
  #left = Promise.withResolvers<void>();

  /** Waits until there is room for so much, and takes it. */
  async enter(messages: number, bytes: number): Promise<void> {
    while (this.#messages > 0 && !this.#hasRoomFor(messages, bytes)) await this.#left.promise;
    this.#bytes += bytes;
    this.#messages += messages;
  }

  /** Gives it back, when it is answered. */
  leave(messages: number, bytes: number): void {
    this.#bytes -= bytes;
    this.#messages -= messages;
    this.#left.resolve();
    this.#left = Promise.withResolvers();
  }

  #hasRoomFor(messages: number, bytes: number): boolean {
    return this.#bytes + bytes <= mostUnderWay.bytes && this.#messages + messages <= mostUnderWay.messages;
  }
}
