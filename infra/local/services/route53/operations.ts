import { canonicalName, type RecordSet } from "../../dns/records.ts";
import type { ServiceAnswer } from "../service.ts";
import { element } from "../xml.ts";
import { answerXml, changeInfo, hostedZone, recordSet } from "./answers.ts";
import { Route53Error } from "./errors.ts";
import type { HostedZones } from "./hosted-zones.ts";

/** ListHostedZonesByName: from `dnsname` on; zones here have distinct names, so `hostedzoneid` adds nothing. */
export const listHostedZonesByName = (zones: HostedZones, query: URLSearchParams): ServiceAnswer => {
  only(query, "dnsname", "hostedzoneid", "maxitems");
  const size = sizeOf(query, 100);
  const from = canonicalName(query.get("dnsname") ?? "");
  const all = zones.list().filter(({ name }) => reversed(name) >= reversed(from));
  const sorted = all.toSorted((a, b) => (reversed(a.name) < reversed(b.name) ? -1 : 1));
  const next = sorted[size];
  return answerXml("ListHostedZonesByNameResponse", [
    element("HostedZones", sorted.slice(0, size).map(hostedZone)),
    element("IsTruncated", next !== undefined),
    ...(next === undefined
      ? []
      : [element("NextDNSName", `${next.name}.`), element("NextHostedZoneId", next.id)]),
    element("MaxItems", size),
  ]);
};

export const getHostedZone = (zones: HostedZones, id: string): ServiceAnswer => {
  const zone = zones.get(id);
  const servers = zone.records.find(({ name, type }) => name === zone.name && type === "NS")?.values ?? [];
  return answerXml("GetHostedZoneResponse", [
    hostedZone(zone),
    element("DelegationSet", [
      element(
        "NameServers",
        servers.map((server) => element("NameServer", canonicalName(server))),
      ),
    ]),
  ]);
};

/** ListResourceRecordSets: ordered by the labels from the right, then by type; from `name` and `type` on. */
export const listResourceRecordSets = (
  zones: HostedZones,
  id: string,
  query: URLSearchParams,
): ServiceAnswer => {
  only(query, "name", "type", "maxitems");
  const size = sizeOf(query, 300);
  const from = query.get("name");
  const start = from === null ? "" : `${reversed(canonicalName(from))} ${query.get("type") ?? ""}`;
  const sorted = zones.get(id).records.toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const found = sorted.filter((set) => orderOf(set) >= start);
  const next = found[size];
  return answerXml("ListResourceRecordSetsResponse", [
    element("ResourceRecordSets", found.slice(0, size).map(recordSet)),
    element("IsTruncated", next !== undefined),
    ...(next === undefined
      ? []
      : [element("NextRecordName", `${next.name}.`), element("NextRecordType", next.type)]),
    element("MaxItems", size),
  ]);
};

export const getChange = (zones: HostedZones, id: string): ServiceAnswer =>
  answerXml("GetChangeResponse", [changeInfo(zones.submitted(id), "INSYNC")]);

const orderOf = ({ name, type }: RecordSet): string => `${reversed(name)} ${type}`;

/** `mail.example.test` → `test.example.mail.`: so ordered, a name stands before everything below it. */
const reversed = (name: string): string => (name === "" ? "" : `${name.split(".").toReversed().join(".")}.`);

const sizeOf = (query: URLSearchParams, most: number): number => {
  const text = query.get("maxitems") ?? String(most);
  const size = Number(text);
  if (!Number.isInteger(size) || size < 1)
    throw new Route53Error("InvalidInput", `maxitems=${text} is no size`);
  return Math.min(size, most);
};

/** A parameter nobody reads would be dropped in silence. `x-id` only names the operation. */
const only = (query: URLSearchParams, ...known: readonly string[]): void => {
  for (const name of query.keys()) {
    if (name !== "x-id" && !known.includes(name)) {
      throw new Route53Error("InvalidInput", `parameter ${name} is not supported here`);
    }
  }
};
