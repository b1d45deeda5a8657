import { connect, createServer, type Socket } from "node:net";
import { listenForTest } from "./listen-for-test.ts";
import { tieSockets } from "./tie-sockets.ts";

/** A loopback proxy that counts how often a client had to wait for its server. */
export interface CountedTurns {
  readonly host: "127.0.0.1";
  readonly port: number;
  readonly connections: () => number;
  /** Round trips of all connections since the last reset: how often a client spoke after it had been spoken to. */
  readonly turns: () => number;
  /** What clients said meanwhile. */
  readonly heard: () => string;
  reset(): void;
}

/** Stands in front of a server for the running test. */
export const countTurns = async (server: {
  readonly host: string;
  readonly port: number;
}): Promise<CountedTurns> => {
  const open = new Set<Socket>();
  let [connections, turns, heard] = [0, 0, ""];
  const listener = createServer((client) => {
    connections += 1;
    const upstream = connect(server.port, server.host);
    let isServersTurn = false;
    tieSockets(client, upstream, open);
    client.on("data", (octets: Buffer) => {
      if (!isServersTurn) turns += 1;
      isServersTurn = true;
      heard += octets.toString("latin1");
      upstream.write(octets);
    });
    upstream.on("data", (octets: Buffer) => {
      isServersTurn = false;
      client.write(octets);
    });
  });
  return {
    ...(await listenForTest(listener, open)),
    connections: () => connections,
    turns: () => turns,
    heard: () => heard,
    reset: () => {
      [connections, turns, heard] = [0, 0, ""];
    },
  };
};
