import type { Connection } from "./connection.ts";
import { isOpen } from "./imapflow-internals.ts";
import { type Loan, lendConnection } from "./lend-connection.ts";
import type { Selection } from "./selection.ts";
import type { Turns } from "./turns.ts";
import type { Fetcher } from "./wire/fetcher.ts";
import type { FolderFlags } from "./wire/folder-flags.ts";

/** One of those who read over a session's own connection. Null where imapflow does not let it go: then the turn is this reader's alone. */
export interface Reader {
  readonly fetcher: Fetcher | null;
  readonly flags: FolderFlags | null;
  /** To be called once, whatever came of it. */
  leave(): Promise<void>;
}

interface Shared {
  readonly loan: Promise<Loan | null>;
  readonly endTurn: Promise<() => void>;
  /** Turns that had been asked for when this one was. */
  readonly turn: number;
  readers: number;
}

/**
 * Lets several read over a session's connection in one turn, so that their questions go out together. Whoever comes when somebody else
 * waits for the connection already waits behind them.
 */
export class Readers {
  readonly #connection: Connection;
  readonly #selection: Selection;
  readonly #turns: Turns;
  #shared: Shared | null = null;

  constructor(connection: Connection, selection: Selection, turns: Turns) {
    this.#connection = connection;
    this.#selection = selection;
    this.#turns = turns;
  }

  async join(): Promise<Reader> {
    if (!isOpen(this.#connection.client)) {
      const endTurn = await this.#turns.begin();
      return { fetcher: null, flags: null, leave: async () => endTurn() };
    }
    const isOurTurn = this.#shared?.turn === this.#turns.given;
    const shared = isOurTurn && this.#shared !== null ? this.#shared : this.#open();
    shared.readers += 1;
    try {
      const loan = await shared.loan;
      const { fetcher, flags } = loan ?? { fetcher: null, flags: null };
      return { fetcher, flags, leave: () => this.#leave(shared) };
    } catch (thrown) {
      await this.#leave(shared);
      throw thrown;
    }
  }

  #open(): Shared {
    const endTurn = this.#turns.begin();
    const loan = endTurn.then(() => lendConnection(this.#connection, this.#selection));
    const shared = { loan, endTurn, turn: this.#turns.given, readers: 0 };
    this.#shared = shared;
    return shared;
  }

  async #leave(shared: Shared): Promise<void> {
    shared.readers -= 1;
    if (shared.readers > 0) return;
    if (this.#shared === shared) this.#shared = null;
    const [loan, endTurn] = await Promise.allSettled([shared.loan, shared.endTurn]);
    if (loan.status === "fulfilled") await loan.value?.end();
    if (endTurn.status === "fulfilled") endTurn.value();
  }
}
