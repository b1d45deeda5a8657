import { once } from "node:events";
import type { Socket } from "node:net";
import { createTCPServer, createUDPServer, Packet, type TCPServer, type UDPServer } from "dns2";
import { z } from "zod";
import type { RecordSet } from "./records.ts";
import { openZones, type Zone, type Zones } from "./zone.ts";

/** How a name server misbehaves: `none` answers, `refuse` and `servfail` say so, `silent` never answers. */
export type DnsFault = "none" | "refuse" | "servfail" | "silent";

/** An authoritative name server on 127.0.0.1, over UDP and TCP on the same port. */
export interface ZoneServer {
  readonly port: number;
  /** `127.0.0.1:port`, as settings and resolvers take it. */
  readonly address: string;
  /**
   * Puts these records in the place of a zone's; the next question is answered from them.
   * @throws RecordUnusable for a value that cannot be sent; the zone stays as it was.
   */
  setRecords(zone: string, records: readonly RecordSet[]): void;
  /** From the next question on. */
  setFault(fault: DnsFault): void;
  stop(): Promise<void>;
}

interface ZoneServerOptions {
  /** @default a free one */
  readonly port?: number;
  readonly zones: readonly Zone[];
}

/** Starts a name server for tests and for the local Route 53. @throws the listener's error, e.g. `EADDRINUSE`. */
export const startZoneServer = async ({ port, zones }: ZoneServerOptions): Promise<ZoneServer> => {
  const loaded = openZones();
  for (const zone of zones) loaded.set(zone);
  let fault: DnsFault = "none";
  const respond = (request: Packet, send: (response: Packet) => Promise<Buffer>): void => {
    if (fault === "silent") return;
    // A peer that has gone away does not concern the others.
    send(responseTo(request, loaded, fault)).catch(() => undefined);
  };
  const listeners = await listen(port, respond);
  return {
    port: listeners.port,
    address: `127.0.0.1:${listeners.port}`,
    setRecords: (name, records) => loaded.set({ name, records }),
    setFault: (next) => {
      fault = next;
    },
    stop: () => listeners.stop(),
  };
};

const responseTo = (request: Packet, zones: Zones, fault: Exclude<DnsFault, "silent">): Packet => {
  const response = Packet.createResponseFromRequest(request);
  const [question] = request.questions;
  if (fault !== "none") {
    response.header.rcode = fault === "refuse" ? Packet.RCODE.REFUSED : Packet.RCODE.SERVFAIL;
  } else if (request.header.opcode !== 0) {
    response.header.rcode = Packet.RCODE.NOTIMP;
  } else if (question === undefined || request.questions.length !== 1) {
    response.header.rcode = Packet.RCODE.FORMERR;
  } else {
    const { rcode, authoritative, answers, authorities } = zones.answer(question.name, question.type);
    response.header.rcode = rcode;
    response.header.aa = authoritative ? 1 : 0;
    response.answers = [...answers];
    response.authorities = [...authorities];
  }
  return response;
};

type Respond = (request: Packet, send: (response: Packet) => Promise<Buffer>) => void;

/** Both transports on one port: TCP picks it, and if UDP finds it taken another is picked. */
const listen = async (
  wanted: number | undefined,
  respond: Respond,
): Promise<{ readonly port: number; stop(): Promise<void> }> => {
  for (let attempt = 1; ; attempt += 1) {
    const tcp = createTCPServer(respond);
    const sockets = new Set<Socket>();
    tcp.on("connection", (socket: Socket) => {
      sockets.add(socket);
      socket.on("error", () => socket.destroy()).on("close", () => sockets.delete(socket));
    });
    const udp = createUDPServer(respond);
    try {
      const port = await listenTcp(tcp, wanted ?? 0);
      await listenUdp(udp, port);
      return { port, stop: () => close(tcp, sockets, udp) };
    } catch (thrown) {
      await close(tcp, sockets, undefined);
      if (wanted !== undefined || attempt === 20) throw thrown;
    }
  }
};

const listenTcp = async (tcp: TCPServer, port: number): Promise<number> => {
  const listening = once(tcp, "listening");
  tcp.listen(port, "127.0.0.1");
  await listening;
  return z.object({ port: z.number() }).parse(tcp.address()).port;
};

const listenUdp = async (udp: UDPServer, port: number): Promise<void> => {
  const listening = once(udp, "listening");
  udp.bind(port, "127.0.0.1");
  await listening;
  // After this an error is a datagram that could not be sent; whoever asked asks again.
  udp.on("error", () => undefined);
};

const close = async (
  tcp: TCPServer,
  sockets: Iterable<Socket>,
  udp: UDPServer | undefined,
): Promise<void> => {
  for (const socket of sockets) socket.destroy();
  await Promise.all([
    tcp.listening ? new Promise((resolve) => tcp.close(resolve)) : undefined,
    udp === undefined ? undefined : new Promise<void>((resolve) => udp.close(resolve)),
  ]);
};
