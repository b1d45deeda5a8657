import { connect, createServer, type Socket } from "node:net";
import { listenForTest } from "./listen-for-test.ts";

/** A loopback proxy in front of a server that can cut its connections. */
export interface CuttingProxy {
  readonly host: "127.0.0.1";
  readonly port: number;
  /**
   * Cuts the connection on which the client sends the n-th match of a pattern from now on: `request` swallows it, `answer` lets
   * it through to the server and swallows what the server says to it. Only lines that arrive in one piece are seen.
   *
   * The server takes in what had been sent before the cut, as far as it is whole. The next connection waits until it has, as work
   * that is tried again does.
   */
  cutAt(match: {
    readonly pattern: RegExp;
    readonly nth: number;
    readonly swallow: "request" | "answer";
  }): void;
  /** How many connections have been cut. */
  readonly cuts: () => number;
}

/** Stands in front of a plain-text server for the running test. */
export const cuttingProxy = async (server: {
  readonly host: string;
  readonly port: number;
}): Promise<CuttingProxy> => {
  let due: Parameters<CuttingProxy["cutAt"]>[0] | null = null;
  let seen = 0;
  let cuts = 0;
  const open = new Set<Socket>();
  const drained: Promise<unknown>[] = [];
  const serve = async (client: Socket): Promise<void> => {
    await Promise.all(drained);
    const upstream = connect(server.port, server.host);
    let muted = false;
    let isCut = false;
    const end = (): void => {
      client.destroy();
      if (!isCut) upstream.destroy();
    };
    const cut = (): void => {
      isCut = true;
      client.destroy();
      upstream.end();
      upstream.resume();
      drained.push(new Promise((resolve) => upstream.once("close", resolve)));
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on("error", end);
      socket.on("close", () => {
        open.delete(socket);
        end();
      });
    }
    client.on("data", (chunk: Buffer) => {
      if (due?.pattern.test(chunk.toString("latin1"))) {
        seen += 1;
        if (seen === due.nth) {
          const { swallow } = due;
          due = null;
          cuts += 1;
          if (swallow === "request") {
            cut();
            return;
          }
          muted = true;
        }
      }
      if (!isCut) upstream.write(chunk);
    });
    upstream.on("data", (chunk: Buffer) => {
      // A request for the literal itself must pass, or the server would never get to the effect.
      if (isCut) return;
      if (!muted || chunk.toString("latin1").startsWith("+ ")) client.write(chunk);
      else cut();
    });
    client.resume();
  };
  const listener = createServer({ pauseOnConnect: true }, (client) => void serve(client));
  return {
    ...(await listenForTest(listener, open)),
    cutAt: (match) => {
      due = match;
      seen = 0;
    },
    cuts: () => cuts,
  };
};
