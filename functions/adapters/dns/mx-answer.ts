import { Packet, type Resource } from "dns2";
import type { MxAbsence, MxRecord } from "../../../shared/contract/migration.ts";
import { type Answer, canonicalName } from "./message.ts";

/** More aliases in a row than any resolver follows. */
const longestChain = 8;

/** What an answer says of a domain's MX: its records, or why there are none. */
export type MxAnswer =
  | { readonly records: MxRecord[] }
  | { readonly absence: MxAbsence; readonly reason: string };

/**
 * Reads a domain's MX out of an answer. A CNAME at the domain is followed inside the answer, as a sending server would
 * (RFC 5321 §5.1). One that leads out of it is no record here.
 */
export const mxAnswer = (domain: string, answer: Answer): MxAnswer => {
  if (answer.code === "other") {
    return { absence: "refused", reason: `the server answered ${answer.codeName}` };
  }
  const owner = followAliases(canonicalName(domain), answer.records);
  const records = answer.records
    .filter(({ name, type }) => name === owner.name && type === Packet.TYPE.MX)
    .flatMap(({ priority, exchange, ttl }) =>
      priority === undefined || exchange === undefined || ttl === undefined
        ? []
        : [{ preference: priority, exchange: canonicalName(exchange), ttl: Math.max(ttl, owner.ttl) }],
    );
  if (records.length > 0) return { records };
  if (answer.code === "noSuchDomain") {
    return { absence: "noSuchDomain", reason: `the server knows no ${owner.name}` };
  }
  const alias = owner.name === canonicalName(domain) ? "" : `, which is an alias for ${owner.name}`;
  return { absence: "noRecords", reason: `the server has no MX for ${domain}${alias}` };
};

const followAliases = (
  domain: string,
  records: readonly Resource[],
): { readonly name: string; readonly ttl: number } => {
  let owner = { name: domain, ttl: 0 };
  for (let links = 0; links < longestChain; links += 1) {
    const alias = records.find(({ name, type }) => name === owner.name && type === Packet.TYPE.CNAME);
    if (alias?.domain === undefined) break;
    owner = { name: canonicalName(alias.domain), ttl: Math.max(owner.ttl, alias.ttl ?? 0) };
  }
  return owner;
};
