import { connect, createServer, type Socket } from "node:net";
import { listenForTest } from "./listen-for-test.ts";
import type { PlainServer } from "./real-mailbox.ts";
import { tieSockets } from "./tie-sockets.ts";

/** A loopback proxy in front of a server that cuts its connections in the midst of whatever passes. */
export interface OctetCutter extends PlainServer {
  /** How many connections have been cut. */
  readonly cuts: () => number;
}

/**
 * Stands in front of a plain-text server for the running test. After so many octets, of whatever connection and direction, the one that
 * the next of them belongs to is cut, and then after the next number. The server takes in what was sent before; the next connection waits
 * until it has, as work that is tried again does.
 */
export const octetCutter = async (
  server: PlainServer,
  distances: readonly number[],
): Promise<OctetCutter> => {
  const due = [...distances];
  let left = due.shift() ?? Number.POSITIVE_INFINITY;
  let cuts = 0;
  const open = new Set<Socket>();
  const drained: Promise<unknown>[] = [];
  const serve = async (client: Socket): Promise<void> => {
    await Promise.all(drained);
    const upstream = connect({ ...server, noDelay: true });
    let isCut = false;
    const cut = (): void => {
      isCut = true;
      cuts += 1;
      left = due.shift() ?? Number.POSITIVE_INFINITY;
      drained.push(new Promise((resolve) => upstream.once("close", resolve)));
      client.destroy();
    };
    const pass = (chunk: Buffer, to: Socket): void => {
      if (isCut) return;
      to.write(chunk.subarray(0, left));
      if (chunk.length >= left) cut();
      else left -= chunk.length;
    };
    client.on("data", (chunk: Buffer) => pass(chunk, upstream));
    upstream.on("data", (chunk: Buffer) => pass(chunk, client));
    tieSockets(client, upstream, open);
    client.resume();
  };
  const listener = createServer({ pauseOnConnect: true, noDelay: true }, (client) => void serve(client));
  return { ...(await listenForTest(listener, open)), cuts: () => cuts };
};
