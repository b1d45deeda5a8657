import { createSocket } from "node:dgram";
import { once } from "node:events";

/** A UDP name server on 127.0.0.1 that answers each datagram with whatever `respond` makes of it. */
export interface MisbehavingDns {
  readonly address: string;
  /** How many questions have come. */
  readonly asked: () => number;
  stop(): Promise<void>;
}

/** Starts it. `respond` gets the question's octets and how many came before it, and returns the datagrams to send back. */
export const startMisbehavingDns = async (
  respond: (question: Buffer, earlier: number) => readonly Buffer[],
): Promise<MisbehavingDns> => {
  const socket = createSocket("udp4");
  let asked = 0;
  socket.on("message", (question, { address, port }) => {
    for (const datagram of respond(question, asked)) socket.send(datagram, port, address);
    asked += 1;
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked: () => asked,
    stop: async () => {
      const closed = once(socket, "close");
      socket.close();
      await closed;
    },
  };
};
