import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { MailboxAccess } from "../dovecot/dovecot.ts";

/** A logged-in IMAP connection that sends one command at a time; for filling our own servers. */
export interface ImapConnection {
  /** Sends `text` in pieces and returns the tagged answer. @throws Error with the server's words on NO or BAD. */
  command(...pieces: readonly (string | Buffer)[]): Promise<string>;
  /** Says goodbye, and returns when the connection is gone, however the server takes it. */
  close(): Promise<void>;
}

/** No answer takes this long on loopback; a silent server must not hang a run for ever. */
const SILENCE_MILLISECONDS = 30_000;

/**
 * Connects and logs in with SASL PLAIN (RFC 4616), which takes every password as it is.
 * It sees only tagged answers: none of the commands it is for returns a literal.
 */
export async function openImap(access: MailboxAccess): Promise<ImapConnection> {
  const socket = await openSocket(access);
  const connection = speakOn(socket);
  const response = Buffer.from(`\0${access.user}\0${access.password}`, "utf8").toString("base64");
  try {
    await connection.command(`AUTHENTICATE PLAIN ${response}`);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return connection;
}

async function openSocket(access: MailboxAccess): Promise<Socket> {
  const { host, port, tls, certificate } = access;
  const trust = certificate === undefined ? {} : { ca: readFileSync(certificate) };
  if (tls === "implicit") {
    const socket = connectTls({ host, port, ...trust });
    await once(socket, "secureConnect");
    return socket;
  }
  const socket = connect({ host, port });
  await once(socket, "connect");
  if (tls === "none") return socket;
  await startTls(socket);
  const secured = connectTls({ socket, host, ...trust });
  await once(secured, "secureConnect");
  return secured;
}

async function startTls(socket: Socket): Promise<void> {
  socket.write("tls STARTTLS\r\n");
  let heard = "";
  while (!heard.includes("tls OK")) {
    const [text]: unknown[] = await once(socket, "data", {
      signal: AbortSignal.timeout(SILENCE_MILLISECONDS),
    });
    heard += String(text);
    if (heard.includes("tls NO") || heard.includes("tls BAD"))
      throw new Error(`STARTTLS was refused: ${heard}`);
  }
}

function speakOn(socket: Socket): ImapConnection {
  let commands = 0;
  let waiting: Waiting | undefined;
  const fail = (error: Error): void => {
    waiting?.refused(error);
    waiting = undefined;
    socket.destroy();
  };
  socket.setTimeout(SILENCE_MILLISECONDS, () => fail(new Error("The IMAP server fell silent.")));
  socket.on("error", fail);
  socket.on("close", () => fail(new Error("The IMAP server closed the connection.")));
  socket.on("data", (bytes: Buffer) => {
    if (waiting === undefined) return;
    waiting.heard += bytes.toString("latin1");
    const answer = waiting.tagged.exec(waiting.heard)?.[1];
    if (answer === undefined) return;
    if (answer.startsWith("OK")) waiting.answered(answer);
    else waiting.refused(new Error(`The IMAP server answered: ${answer}`));
    waiting = undefined;
  });
  return {
    command(...pieces) {
      commands += 1;
      const tag = `c${commands}`;
      return new Promise((answered, refused) => {
        waiting = { heard: "", tagged: new RegExp(`(?:^|\\r\\n)${tag} ([^\\r]*)\\r\\n`), answered, refused };
        if (socket.destroyed) fail(new Error("The IMAP connection is closed."));
        // The caller bounds a command, so nothing is gained by waiting for the socket to drain.
        else for (const piece of [`${tag} `, ...pieces, "\r\n"]) socket.write(piece);
      });
    },
    async close() {
      if (socket.destroyed) return;
      // A server may break it off instead of answering: everything that was asked is answered, and there is nothing to be lost.
      const closed = new Promise((resolve) => socket.once("close", resolve));
      socket.end("bye LOGOUT\r\n");
      await closed;
    },
  };
}

interface Waiting {
  heard: string;
  readonly tagged: RegExp;
  answered(answer: string): void;
  refused(error: Error): void;
}
