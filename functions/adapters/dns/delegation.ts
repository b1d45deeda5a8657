import { isIPv6 } from "node:net";
import { Packet } from "dns2";
import { type Answer, canonicalName, type QuestionType } from "./message.ts";
import { NoAnswer } from "./no-answer.ts";

/** Asks the resolvers' question, whoever of them answers. */
export type Resolve = (name: string, type: QuestionType) => Promise<Answer>;

/** A delegation of more servers than this is a mistake or an attack. */
const mostServers = 20;

/**
 * The addresses of a domain's own name servers: the NS set of the domain or, where it is no zone of its own, of the nearest
 * zone above it, and the addresses of those hosts. A host without an address can be asked by nobody and is left out.
 * @throws NoAnswer when no zone or no address is found, or the resolvers could not tell
 */
export const delegatedServers = async (domain: string, resolve: Resolve): Promise<readonly string[]> => {
  const hosts = await nearestNameServers(canonicalName(domain), resolve);
  const addresses: string[] = [];
  for (const host of hosts.slice(0, mostServers)) addresses.push(...(await addressesOf(host, resolve)));
  if (addresses.length === 0)
    throw new NoAnswer(`none of its name servers (${hosts.join(", ")}) has an address`);
  return [...new Set(addresses)].slice(0, mostServers);
};

const nearestNameServers = async (domain: string, resolve: Resolve): Promise<readonly string[]> => {
  const labels = domain.split(".");
  for (let from = 0; from < labels.length - 1; from += 1) {
    const zone = labels.slice(from).join(".");
    const answer = await resolve(zone, "NS");
    const hosts = answer.records
      .filter(({ name, type }) => name === zone && type === Packet.TYPE.NS)
      .flatMap(({ ns }) => (ns === undefined ? [] : [canonicalName(ns)]));
    if (hosts.length > 0) return hosts;
  }
  throw new NoAnswer("no name servers are delegated for it");
};

/** IPv6 only where there is nothing else: a function in the cloud has no way out over it. */
const addressesOf = async (host: string, resolve: Resolve): Promise<readonly string[]> => {
  for (const type of ["A", "AAAA"] as const) {
    const { records } = await resolve(host, type);
    const found = records.filter((record) => record.type === Packet.TYPE[type]);
    const addresses = found.flatMap(({ address }) => (address === undefined ? [] : [address]));
    if (addresses.length > 0) {
      return addresses.map((address) => (isIPv6(address) ? `[${address}]:53` : `${address}:53`));
    }
  }
  return [];
};
