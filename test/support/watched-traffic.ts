import { connect, createServer, type Socket } from "node:net";
import { listenForTest } from "./listen-for-test.ts";
import { tieSockets } from "./tie-sockets.ts";

/** A loopback proxy that passes everything on and counts it. */
export interface WatchedTraffic {
  readonly host: "127.0.0.1";
  readonly port: number;
  /** Calls back once, as soon as so many octets more have come from clients; what is being passed on then is not held back. */
  after(octets: number, then: () => void): void;
}

/** Stands in front of a server for the running test. */
export const watchTraffic = async (server: {
  readonly host: string;
  readonly port: number;
}): Promise<WatchedTraffic> => {
  let due: { left: number; readonly then: () => void } | null = null;
  const open = new Set<Socket>();
  const count = ({ length }: Buffer): void => {
    if (due === null) return;
    due.left -= length;
    if (due.left > 0) return;
    const { then } = due;
    due = null;
    then();
  };
  const listener = createServer((client) => {
    const upstream = connect(server.port, server.host);
    tieSockets(client, upstream, open);
    client.on("data", (octets: Buffer) => {
      upstream.write(octets);
      count(octets);
    });
    upstream.on("data", (octets: Buffer) => client.write(octets));
  });
  return {
    ...(await listenForTest(listener, open)),
    after: (octets, then) => {
      due = { left: octets, then };
    },
  };
};
