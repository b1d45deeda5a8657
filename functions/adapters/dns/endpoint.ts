import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { NoAnswer } from "./no-answer.ts";

/** Where a name server listens. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** RFC 1035 §4.2: DNS listens on 53. */
const usualPort = 53;

/** Takes `host`, `host:port`, `[address]`, `[address]:port` or a bare IPv6 address apart. */
export const parseServer = (server: string): { readonly host: string; readonly port: number } => {
  if (isIP(server) === 6) return { host: server, port: usualPort };
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(server) ?? [];
  return { host: bracketed ?? plain ?? server, port: port === undefined ? usualPort : Number(port) };
};

/**
 * The server's address; a host name is looked up the way this machine does, IPv4 first, because a function in the cloud has no
 * way out over IPv6. @throws NoAnswer when it has none
 */
export const endpointOf = async (server: string): Promise<Endpoint> => {
  const { host, port } = parseServer(server);
  if (isIP(host) !== 0) return { address: host, port };
  try {
    const { address } = await lookup(host, { order: "ipv4first" });
    return { address, port };
  } catch (cause) {
    throw new NoAnswer(`the address of ${host} was not found`, { cause });
  }
};
