import type { FolderPath } from "../contract/ids.ts";
import type { AppendOutcome, MailSession, RawMessage } from "../ports/mail-server.ts";
import { quietly } from "./quietly.ts";
import type { Capacity, Room } from "./room.ts";

/** What is under way takes room of it, which it shares with others. */
type Way = Pick<Room, "enter" | "leave">;
type Meet = (message: RawMessage, outcome: AppendOutcome | undefined) => Promise<void> | undefined;

/**
 * Appends chunks to a folder without waiting for the answer to the one before, so that no round trip is waited for. What became of each
 * message is told in the order in which they were given, and nothing of it is passed over.
 */
export class AppendsUnderWay {
  readonly #target: Pick<MailSession, "append">;
  readonly #path: FolderPath;
  readonly #way: Way;
  readonly #met: Meet;
  readonly #unanswered = new Set<Promise<unknown>>();
  #allMet: Promise<void> = Promise.resolve();
  #failure: { readonly thrown: unknown } | null = null;

  constructor(target: Pick<MailSession, "append">, path: FolderPath, way: Way, met: Meet) {
    this.#target = target;
    this.#path = path;
    this.#way = way;
    this.#met = met;
  }

  /** Sends the messages as soon as there is room. @throws what an earlier chunk came to */
  async send(messages: readonly RawMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const taken = {
      pieces: messages.length,
      weight: messages.reduce((sum, { raw }) => sum + raw.length, 0),
    };
    await this.#way.enter(taken);
    try {
      if (this.#failure !== null) throw this.#failure.thrown;
      this.#append(messages, taken);
    } catch (thrown) {
      this.#way.leave(taken);
      throw thrown;
    }
  }

  /** Waits for every answer. @throws what a chunk came to */
  async meetAll(): Promise<void> {
    await this.#allMet;
  }

  /** Waits until nothing is under way any more, whatever it came to: whoever gives up must not go on writing. */
  async settle(): Promise<void> {
    await Promise.allSettled(this.#unanswered);
  }

  #append(messages: readonly RawMessage[], taken: Capacity): void {
    const outcomes = quietly(this.#target.append(this.#path, messages));
    this.#unanswered.add(outcomes);
    const answered = (): void => {
      this.#unanswered.delete(outcomes);
      this.#way.leave(taken);
    };
    outcomes.then(answered, (thrown: unknown) => {
      // Before anybody who waits for room goes on.
      this.#failure ??= { thrown };
      answered();
    });
    const before = this.#allMet;
    this.#allMet = quietly(
      before.then(async () => {
        await this.#meet(messages, await outcomes);
      }),
    );
    this.#allMet.catch((thrown: unknown) => {
      this.#failure ??= { thrown };
    });
  }

  async #meet(messages: readonly RawMessage[], outcomes: readonly AppendOutcome[]): Promise<void> {
    for (const [index, message] of messages.entries()) {
      const meeting = this.#met(message, outcomes[index]);
      if (meeting !== undefined) await meeting;
    }
  }
}
