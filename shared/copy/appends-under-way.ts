import type { FolderPath } from "../contract/ids.ts";
import type { AppendOutcome, MailSession, RawMessage } from "../ports/mail-server.ts";

/**
 * What may be on its way to the target, unless a single chunk is larger: enough that a server is not without work for a round
 * trip, and so little that one that goes on storing it after the connection is lost has done so before it is looked at again. What
 * comes later still is settled at the end of the pass (`settleDoubt`).
 */
const mostUnderWay = { bytes: 12_000_000, messages: 640 } as const;

interface UnderWay {
  readonly messages: readonly RawMessage[];
  readonly bytes: number;
  readonly outcomes: Promise<readonly AppendOutcome[]>;
}

/**
 * Appends chunks without waiting for the answer to the one before, so that no round trip is waited for. What became of each
 * message is told in the order in which they were given, and nothing of it is passed over.
 */
export class AppendsUnderWay {
  readonly #target: Pick<MailSession, "append">;
  readonly #path: FolderPath;
  readonly #met: (message: RawMessage, outcome: AppendOutcome | undefined) => Promise<void> | undefined;
  readonly #waiting: UnderWay[] = [];
  #bytes = 0;
  #messages = 0;

  constructor(
    target: Pick<MailSession, "append">,
    path: FolderPath,
    met: (message: RawMessage, outcome: AppendOutcome | undefined) => Promise<void> | undefined,
  ) {
    this.#target = target;
    this.#path = path;
    this.#met = met;
  }

  /** Sends the messages as soon as there is room. @throws what an earlier chunk came to */
  async send(messages: readonly RawMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const bytes = messages.reduce((sum, { raw }) => sum + raw.length, 0);
    while (this.#waiting.length > 0 && !this.#hasRoomFor(messages.length, bytes)) await this.#meetFirst();
    const outcomes = this.#target.append(this.#path, messages);
    // Looked at when its turn comes; until then a failure must not count as unhandled.
    outcomes.catch(() => undefined);
    this.#waiting.push({ messages, bytes, outcomes });
    this.#bytes += bytes;
    this.#messages += messages.length;
  }

  /** Waits for every answer. @throws what a chunk came to */
  async meetAll(): Promise<void> {
    while (this.#waiting.length > 0) await this.#meetFirst();
  }

  /** Waits until nothing is under way any more, whatever it came to: whoever gives up must not go on writing. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#waiting.map(({ outcomes }) => outcomes));
  }

  #hasRoomFor(messages: number, bytes: number): boolean {
    return this.#bytes + bytes <= mostUnderWay.bytes && this.#messages + messages <= mostUnderWay.messages;
  }

  async #meetFirst(): Promise<void> {
    const [first] = this.#waiting;
    if (first === undefined) return;
    const outcomes = await first.outcomes;
    this.#waiting.shift();
    this.#bytes -= first.bytes;
    this.#messages -= first.messages.length;
    for (const [index, message] of first.messages.entries()) {
      const meeting = this.#met(message, outcomes[index]);
      if (meeting !== undefined) await meeting;
    }
  }
}
