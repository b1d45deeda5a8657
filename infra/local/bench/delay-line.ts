import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { z } from "zod";
import { letGo } from "../../../shared/copy/let-go.ts";

/** A long way to a server: what is said arrives late, as fast as it was said. */
export interface DelayLine {
  readonly host: "127.0.0.1";
  readonly port: number;
  stop(): Promise<void>;
}

/** Octets that may be on their way in one direction; beyond, the sender has to wait, as with any window. */
const mostUnderWay = 16_000_000;

/**
 * Stands before a server and delays what passes by half a round trip in each direction, without limiting its rate. It is for kernels
 * without netem; what it leaves out of a real network is slow start and loss.
 */
export const startDelayLine = async (
  server: { readonly host: string; readonly port: number },
  roundTripMilliseconds: number,
): Promise<DelayLine> => {
  const open = new Set<Socket>();
  const listener = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ host: server.host, port: server.port, noDelay: true });
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.once("error", end);
      socket.once("close", () => open.delete(socket));
    }
    carry(client, upstream, roundTripMilliseconds / 2);
    carry(upstream, client, roundTripMilliseconds / 2);
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = z.object({ port: z.number() }).parse(listener.address());
  return {
    host: "127.0.0.1",
    port,
    stop: async () => {
      for (const socket of open) socket.destroy();
      listener.close();
      await once(listener, "close");
    },
  };
};

/** Null stands for the end of the stream, which travels as slowly as what came before it. */
const carry = (from: Socket, to: Socket, milliseconds: number): void => {
  const underWay: { readonly due: number; readonly octets: Buffer | null }[] = [];
  let held = 0;
  let isBlocked = false;
  let timer: NodeJS.Timeout | null = null;
  const deliver = (): void => {
    timer = null;
    for (let [next] = underWay; next !== undefined && !isBlocked; [next] = underWay) {
      const wait = next.due - performance.now();
      if (wait > 0) {
        timer = setTimeout(deliver, wait);
        return;
      }
      underWay.shift();
      if (next.octets === null) to.end();
      else {
        held -= next.octets.length;
        const { octets } = next;
        isBlocked = !to.write(octets, () => letGo(octets));
      }
    }
    if (held < mostUnderWay) from.resume();
  };
  const send = (octets: Buffer | null): void => {
    underWay.push({ due: performance.now() + milliseconds, octets });
    held += octets?.length ?? 0;
    if (held >= mostUnderWay) from.pause();
    if (timer === null && !isBlocked) timer = setTimeout(deliver, milliseconds);
  };
  from.on("data", (octets: Buffer) => send(octets));
  from.on("end", () => send(null));
  to.on("drain", () => {
    isBlocked = false;
    if (timer === null) deliver();
  });
};
