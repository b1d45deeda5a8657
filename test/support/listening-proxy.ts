import { connect, createServer, type Socket } from "node:net";
import { listenForTest } from "./listen-for-test.ts";
import { tieSockets } from "./tie-sockets.ts";

/** A loopback proxy in front of a server that writes down what clients command. */
export interface ListeningProxy {
  readonly host: "127.0.0.1";
  readonly port: number;
  /** The commands since the last call, without their tags; literals are not among them. */
  heard(): readonly string[];
}

const command = /^[A-Za-z0-9]+ ((?:UID )?[A-Z]{2,}.*)$/;

/** Stands in front of a plain-text server for the running test. */
export const listeningProxy = async (server: {
  readonly host: string;
  readonly port: number;
}): Promise<ListeningProxy> => {
  let commands: string[] = [];
  const open = new Set<Socket>();
  const listener = createServer((client) => {
    const upstream = connect(server.port, server.host);
    tieSockets(client, upstream, open);
    client.on("data", (chunk: Buffer) => {
      for (const line of chunk.toString("latin1").split("\r\n")) {
        const [, said] = command.exec(line) ?? [];
        if (said !== undefined) commands.push(said);
      }
      upstream.write(chunk);
    });
    upstream.on("data", (chunk: Buffer) => client.write(chunk));
  });
  return {
    ...(await listenForTest(listener, open)),
    heard: () => {
      const heard = commands;
      commands = [];
      return heard;
    },
  };
};
