import type { Login, ServerAddress } from "../../../../shared/ports/mail-server.ts";
import { Appender } from "./appender.ts";
import { Fetcher } from "./fetcher.ts";
import { openWire } from "./open-wire.ts";
import { type Rung, rungFor } from "./rung.ts";

/**
 * The connections that a session opens beside its own to carry many messages: each only when it is needed, and none when the
 * server lets the mailbox have no more. That is asked once; the session's own connection carries everything then, as it can.
 */
export class BulkLines {
  readonly #server: ServerAddress;
  readonly #login: Login;
  readonly #rung: Rung;
  /** Connections that may be opened beside the session's own. */
  readonly #spare: number;
  #fetcher: Promise<Fetcher | null> | null = null;
  #appenders: Promise<readonly Appender[]> | null = null;

  constructor(server: ServerAddress, login: Login, capabilities: readonly string[]) {
    this.#server = server;
    this.#login = login;
    this.#spare = (server.connections ?? 1) - 1;
    this.#rung = rungFor(capabilities, this.#spare);
  }

  get rung(): Rung {
    return this.#rung;
  }

  /** Begins to open what a side needs, so that it is there when it is needed. */
  prepare(): void {
    if (this.#server.side === "source") void this.fetcher();
    else void this.appenders();
  }

  /** The fetcher if one was asked for, which may still be on its way. */
  get preparedFetcher(): Promise<Fetcher | null> {
    return this.#fetcher ?? Promise.resolve(null);
  }

  /** Null where there is none. */
  fetcher(): Promise<Fetcher | null> {
    this.#fetcher ??= this.#spare === 0 ? Promise.resolve(null) : this.#openFetcher();
    return this.#fetcher;
  }

  /** As many as the rung takes and the server gives; none at the worst. */
  appenders(): Promise<readonly Appender[]> {
    this.#appenders ??= this.#openAppenders(Math.min(this.#spare, this.#rung.connections));
    return this.#appenders;
  }

  /** Ends them all. What is being opened is ended when it is there. */
  async close(): Promise<void> {
    const [fetcher, appenders] = [await this.#fetcher, await this.#appenders];
    fetcher?.close();
    for (const appender of appenders ?? []) appender.close();
  }

  async #openFetcher(): Promise<Fetcher | null> {
    const { mailbox } = this.#login;
    try {
      return new Fetcher(await openWire(this.#server, this.#login), { server: this.#server, mailbox });
    } catch {
      // What ails the server, the session's own connection meets too, and reports.
      return null;
    }
  }

  /** One before the others: an account that nobody has entered before is being made while it is entered (Dovecot, Cyrus). */
  async #openAppenders(wanted: number): Promise<readonly Appender[]> {
    if (wanted === 0) return [];
    const [first] = await this.#tryAppenders(1);
    return first === undefined ? [] : [first, ...(await this.#tryAppenders(wanted - 1))];
  }

  async #tryAppenders(count: number): Promise<readonly Appender[]> {
    const opened = await Promise.allSettled(
      Array.from(
        { length: count },
        async () => new Appender(await openWire(this.#server, this.#login), this.#rung),
      ),
    );
    return opened.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  }
}
