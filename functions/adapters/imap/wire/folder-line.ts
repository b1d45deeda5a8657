import { MailferryError } from "../../../../shared/contract/errors.ts";
import type { FolderPath } from "../../../../shared/contract/ids.ts";
import type { ServerAddress } from "../../../../shared/ports/mail-server.ts";
import { commandFailure } from "../failure.ts";
import { Reading, Stopped } from "./reading.ts";
import { failureOf } from "./status-response.ts";
import { type LooseSocket, Wire } from "./wire.ts";

/** Commands under way at a time whose answers may be long. */
const pipelined = 2;

/** Whose connection it is, and how folders are named on it. */
export interface Mailbox {
  readonly server: ServerAddress;
  readonly mailbox: string;
  readonly writeName: (path: FolderPath) => string;
  /** Told of each folder when it is opened, past whoever else uses the connection. */
  readonly examined: (path: FolderPath) => void;
}

/**
 * A connection over which one folder after the other is opened and asked about. Several may be asked about at a time: each is as soon as
 * everything is asked of the one before, so that it costs no round trip of its own, and is answered after it (RFC 3501 §5.5). Whoever
 * reads the earlier one must not wait for the later one.
 */
export class FolderLine {
  readonly #of: Mailbox;
  readonly #wire: Wire;
  #commands = 0;
  /** In the order in which they were asked for; the first one is being answered. */
  #readings: readonly Reading[] = [];
  /** Until everything is asked of the last one: another folder's EXAMINE in between would change what the rest of it means. */
  #asking: Promise<void> = Promise.resolve();

  constructor(streams: LooseSocket, of: Mailbox) {
    this.#of = of;
    this.#wire = new Wire(streams, {
      heard: (response) => {
        const [reading] = this.#readings;
        reading?.heard(response);
        // At once: what comes next is of the next one.
        if (reading?.isOver === true) this.#forget(reading);
      },
      ended: (end) => {
        for (const reading of this.#readings) reading.ended(end);
      },
      areDigestsEnough: () => this.#readings[0]?.areDigestsEnough ?? false,
    });
  }

  /** A reading over this connection, for who wants to know more of it than it takes, or of messages no more than their digests. */
  reading({ areDigestsEnough = false } = {}): Reading {
    return new Reading(this.#wire, areDigestsEnough);
  }

  /** Examines a folder and gives what `take` gives of the answers to these commands, as long as it gives something. */
  async *read<Taken>(
    path: FolderPath,
    commands: readonly string[],
    take: (reading: Reading) => Taken | undefined,
    reading = this.reading(),
  ): AsyncGenerator<Taken> {
    if (commands.length === 0) return;
    const place = this.#queue(reading);
    let isWhole = false;
    try {
      let unsent = (await this.#open(place, path, "EXAMINE")).line;
      for (const [index, command] of commands.entries()) {
        const isLast = index === commands.length - 1;
        const written = this.#wire.write([`${unsent}${this.#asked(reading, command, isLast)}`]);
        if (isLast) place.isAsked();
        await written;
        unsent = "";
        const mayBeDue = isLast ? 0 : pipelined - 1;
        // In this one loop, because every generator in between costs each message a few turns.
        while (!reading.isDown(mayBeDue)) {
          for (let taken = take(reading); taken !== undefined; taken = take(reading)) yield taken;
          if (!reading.isDown(mayBeDue)) await reading.news();
        }
      }
      isWhole = true;
    } catch (thrown) {
      isWhole = await isAnswered(reading, thrown);
      throw this.#failure(thrown, path);
    } finally {
      this.#leave(place, isWhole);
    }
  }

  /** Opens a folder along with commands whose answers are short, all in one flight, and waits for the answers. */
  async ask(path: FolderPath, opening: "EXAMINE" | "SELECT", commands: readonly string[]): Promise<Reading> {
    const reading = this.reading();
    const place = this.#queue(reading);
    let isWhole = false;
    try {
      const { tag, line } = await this.#open(place, path, opening);
      reading.asks(tag, commands.length === 0);
      const lines = commands.map((command, index) =>
        this.#asked(reading, command, index === commands.length - 1),
      );
      const written = this.#wire.write([`${line}${lines.join("")}`]);
      place.isAsked();
      await written;
      for (;;) {
        // What a server says of messages meanwhile is not what it was asked for.
        while (reading.take() !== undefined);
        if (reading.isDown(0)) break;
        await reading.news();
      }
      isWhole = true;
      return reading;
    } catch (thrown) {
      isWhole = await isAnswered(reading, thrown);
      throw this.#failure(thrown, path);
    } finally {
      this.#leave(place, isWhole);
    }
  }

  /** The command that opens it for reading, to stand among those of `ask`. */
  examining(path: FolderPath): string {
    return `EXAMINE ${this.#of.writeName(path)}`;
  }

  /** Lets go of the connection for somebody else to use, and says whether it can be used. */
  async release(): Promise<boolean> {
    await this.#wire.release();
    return this.#wire.end === null;
  }

  /** A place behind all that is asked already. Until `isAsked` is called nobody behind it asks anything. */
  #queue(reading: Reading): Place {
    const { promise: asked, resolve: isAsked } = Promise.withResolvers<void>();
    const before = this.#asking;
    this.#asking = asked;
    return { reading, before, isAsked };
  }

  /** Waits until it is its turn to ask, and opens the folder with what is asked first of it. */
  async #open(
    { reading, before }: Place,
    path: FolderPath,
    opening: "EXAMINE" | "SELECT",
  ): Promise<{ readonly tag: string; readonly line: string }> {
    await before;
    this.#readings = [...this.#readings, reading];
    if (this.#wire.end !== null) reading.ended(this.#wire.end);
    const tag = this.#tag();
    reading.opens(tag);
    this.#of.examined(path);
    return { tag, line: `${tag} ${opening} ${this.#of.writeName(path)}\r\n` };
  }

  #asked(reading: Reading, command: string, isLast: boolean): string {
    const tag = this.#tag();
    reading.asks(tag, isLast);
    return `${tag} ${command}\r\n`;
  }

  #leave({ reading, isAsked }: Place, isWhole: boolean): void {
    isAsked();
    this.#forget(reading);
    if (!isWhole) this.#wire.close();
    else if (this.#readings.length === 0) this.#wire.awaiting(false);
  }

  #forget(reading: Reading): void {
    this.#readings = this.#readings.filter((other) => other !== reading);
  }

  #tag(): string {
    this.#commands += 1;
    return `f${this.#commands}`;
  }

  #failure(thrown: unknown, path: FolderPath): unknown {
    if (!(thrown instanceof Stopped)) return thrown;
    const { server, mailbox } = this.#of;
    const { side, host } = server;
    const { why } = thrown;
    if ("status" in why) return commandFailure(server, failureOf(why), { path, mailbox });
    return why.kind === "lost"
      ? new MailferryError("ConnectionLost", { side, host, reason: why.words })
      : new MailferryError("ServerAnswerUnusable", { side, host, what: `asked about ${path}: ${why.words}` });
  }
}

/** One of those who ask over the connection. */
interface Place {
  readonly reading: Reading;
  readonly before: Promise<void>;
  readonly isAsked: () => void;
}

/** What was refused is answered to its end, so that the connection is as good as before. */
const isAnswered = async (reading: Reading, thrown: unknown): Promise<boolean> =>
  thrown instanceof Stopped && (await reading.isAnswered());
