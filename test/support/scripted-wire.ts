import { EventEmitter } from "node:events";
import { PassThrough, Writable } from "node:stream";
import type { LooseSocket } from "../../functions/adapters/imap/wire/wire.ts";

/** Both ends of a connection in memory: what an adapter is handed, and the server's mouth and ear. */
export interface ScriptedWire {
  readonly streams: LooseSocket;
  /** Says lines; each is ended by CRLF. */
  say(...lines: readonly string[]): void;
  /** Says a part of a line. */
  sayPart(text: string): void;
  /** Waits until the client has sent this text since the last time. @throws Error when it does not within many turns */
  hear(text: string): Promise<void>;
  /** Everything the client has sent so far. */
  readonly heard: () => string;
  /** From now on the client's socket keeps what it is given, and does not say that it has sent it. */
  hold(): void;
  letThrough(): void;
  /** Waits until the client has taken in everything that was said. */
  listened(): Promise<void>;
  /** Ends the connection as a server does that is gone. */
  end(): void;
}

/** Turns of the event loop that an answer may take; nothing here waits for anything outside the process. */
const patience = 200;

export const scriptedWire = (): ScriptedWire => {
  const toClient = new PassThrough();
  let heard = "";
  let read = 0;
  let isHeld = false;
  let sent: (() => void) | null = null;
  const take = (pieces: readonly Buffer[], done: () => void): void => {
    heard += Buffer.concat(pieces).toString("latin1");
    if (isHeld) sent = done;
    else done();
  };
  const toServer = new Writable({
    write: (octets: Buffer, _encoding, done) => take([octets], done),
    writev: (pieces, done) =>
      take(
        pieces.map(({ chunk }) => chunk),
        done,
      ),
  });
  toClient.pause();
  const socket = Object.assign(new EventEmitter(), {
    setTimeout: () => undefined,
    destroy: () => {
      toClient.destroy();
      toServer.destroy();
    },
  });
  return {
    streams: { readSocket: toClient, writeSocket: toServer, socket, silenceMilliseconds: 90_000 },
    say: (...lines) => {
      toClient.write(lines.map((line) => `${line}\r\n`).join(""), "latin1");
    },
    sayPart: (text) => {
      toClient.write(text, "latin1");
    },
    hear: async (text) => {
      for (let turn = 0; turn < patience; turn += 1) {
        const at = heard.indexOf(text, read);
        if (at !== -1) {
          read = at + text.length;
          return;
        }
        await nextTurn();
      }
      throw new Error(`The client did not say “${text}” but “${heard.slice(read)}”.`);
    },
    heard: () => heard,
    hold: () => {
      isHeld = true;
    },
    letThrough: () => {
      isHeld = false;
      sent?.();
    },
    listened: async () => {
      for (let turn = 0; turn < patience && toClient.readableLength > 0; turn += 1) await nextTurn();
      await nextTurn();
    },
    end: () => {
      toClient.end();
    },
  };
};

const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
