import { Packet, type Resource } from "dns2";
import { canonicalName, type RecordSet, type RecordType, resourcesOf } from "./records.ts";

/** A zone as its owner writes it. SOA and NS of the apex are made when they are missing, as a hosted zone has them. */
export interface Zone {
  readonly name: string;
  readonly records: readonly RecordSet[];
}

/** What an authoritative server says to one question (RFC 1034 §4.3.2). */
export interface ZoneAnswer {
  readonly rcode: number;
  readonly authoritative: boolean;
  readonly answers: readonly Resource[];
  readonly authorities: readonly Resource[];
}

/** Zones made ready to answer. */
export interface Zones {
  /** Puts a zone in the place of the one with its name. @throws RecordUnusable for a value that cannot be sent. */
  set(zone: Zone): void;
  answer(name: string, type: number): ZoneAnswer;
}

export const openZones = (): Zones => {
  const zones = new Map<string, LoadedZone>();
  let serial = 0;
  const zoneOf = (name: string): LoadedZone | undefined => {
    const labels = name.split(".");
    return labels
      .map((_label, at) => zones.get(labels.slice(at).join(".")))
      .find((zone) => zone !== undefined);
  };
  return {
    set: (zone) => {
      serial += 1;
      zones.set(canonicalName(zone.name), load(zone, serial));
    },
    answer: (asked, type) => {
      const name = canonicalName(asked);
      const zone = zoneOf(name);
      if (zone === undefined) return { ...nothing, rcode: Packet.RCODE.REFUSED, authoritative: false };
      return answerFrom(zone, name, type);
    },
  };
};

/** name → type → records. */
type LoadedZone = {
  readonly soa: readonly Resource[];
  readonly names: ReadonlyMap<string, ReadonlyMap<number, readonly Resource[]>>;
};

const nothing = { answers: [], authorities: [] } as const;

const answerFrom = (zone: LoadedZone, asked: string, type: number): ZoneAnswer => {
  const answers: Resource[] = [];
  let name = asked;
  // A chain of aliases inside the zone is followed; one that leads back into itself ends here.
  for (let links = 0; links < 8; links += 1) {
    const sets = zone.names.get(name);
    if (sets === undefined) break;
    const found = sets.get(type);
    if (found !== undefined) {
      return {
        ...nothing,
        rcode: Packet.RCODE.NOERROR,
        authoritative: true,
        answers: [...answers, ...found],
      };
    }
    const alias = sets.get(Packet.TYPE.CNAME)?.[0];
    if (alias?.domain === undefined) break;
    answers.push(alias);
    name = alias.domain;
  }
  const exists = answers.length > 0 || hasName(zone, name);
  const rcode = exists ? Packet.RCODE.NOERROR : Packet.RCODE.NXDOMAIN;
  // RFC 2308 §3: the SOA in the authority section says how long "no" may be believed.
  return { rcode, authoritative: true, answers, authorities: answers.length > 0 ? [] : zone.soa };
};

/** RFC 8020: a name above an existing one exists too, though it has no records. */
const hasName = (zone: LoadedZone, name: string): boolean =>
  zone.names.has(name) || [...zone.names.keys()].some((known) => known.endsWith(`.${name}`));

const load = ({ name, records }: Zone, serial: number): LoadedZone => {
  const apex = canonicalName(name);
  const has = (type: RecordType) =>
    records.some((set) => set.type === type && canonicalName(set.name) === apex);
  const all = [...records];
  if (!has("NS")) all.push({ name: apex, type: "NS", ttl: 300, values: [`ns1.${apex}`] });
  if (!has("SOA")) {
    const values = [`ns1.${apex} hostmaster.${apex} ${serial} 7200 900 1209600 60`];
    all.push({ name: apex, type: "SOA", ttl: 60, values });
  }
  const names = new Map<string, Map<number, readonly Resource[]>>();
  for (const set of all) {
    const setName = canonicalName(set.name);
    const known = names.get(setName) ?? new Map<number, readonly Resource[]>();
    names.set(setName, known.set(Packet.TYPE[set.type], resourcesOf(set)));
  }
  return { names, soa: names.get(apex)?.get(Packet.TYPE.SOA) ?? [] };
};
