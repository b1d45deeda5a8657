import type { Login, ServerAddress } from "../../../../shared/ports/mail-server.ts";
import { Appender } from "./appender.ts";
import { openWire } from "./open-wire.ts";
import { type Rung, rungFor } from "./rung.ts";

/**
 * The connections that a session opens beside its own to append many messages: each only when it is needed, and none when the
 * server lets the mailbox have no more. That is asked once; the session's own connection carries everything then, as it can.
 */
export class BulkLines {
  readonly #server: ServerAddress;
  readonly #login: Login;
  readonly #rung: Rung;
  /** Connections that may be opened beside the session's own. */
  readonly #spare: number;
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
    if (this.#server.side === "target") void this.appenders();
  }

  /** As many as the rung takes and the server gives; none at the worst. */
  appenders(): Promise<readonly Appender[]> {
    this.#appenders ??= this.#openAppenders(Math.min(this.#spare, this.#rung.connections));
    return this.#appenders;
  }

  /** Ends them all. What is being opened is ended when it is there. */
  async close(): Promise<void> {
    for (const appender of (await this.#appenders) ?? []) appender.close();
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
