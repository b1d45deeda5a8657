import { randomBytes } from "node:crypto";
import { z } from "zod";
import { canonicalName, type RecordSet, recordTypes } from "../../dns/records.ts";
import { inOneCommit, openDatabase } from "../database.ts";
import { applyBatch, type Change } from "./change-batch.ts";
import { Route53Error } from "./errors.ts";

const zoneRow = z
  .object({ id: z.string(), name: z.string(), records: z.string() })
  .transform(({ records, ...zone }) => ({ ...zone, records: recordSets.parse(JSON.parse(records)) }));
const recordSets = z.array(
  z.object({ name: z.string(), type: z.enum(recordTypes), ttl: z.number(), values: z.array(z.string()) }),
);
/** `name` without the root's dot. */
export type HostedZone = z.output<typeof zoneRow>;

const changeRow = z.object({ id: z.string(), submitted_at: z.number() });
/** A change that was made; `submitted_at` in milliseconds since the epoch. */
export type SubmittedChange = z.output<typeof changeRow>;

/** The hosted zones and the changes made to them, as they survive a kill. */
export interface HostedZones {
  /** Makes a zone; one that is there stays as it stands, with what was changed in it. */
  create(name: string, records: readonly RecordSet[]): HostedZone;
  /** @throws Route53Error `NoSuchHostedZone`. */
  get(id: string): HostedZone;
  /** By name. */
  list(): readonly HostedZone[];
  /** All or nothing. @throws Route53Error `InvalidChangeBatch` with every reason. */
  change(id: string, changes: readonly Change[], now: number): SubmittedChange;
  /** @throws Route53Error `NoSuchChange`. */
  submitted(id: string): SubmittedChange;
  close(): void;
}

export const openHostedZones = (dataDir: string): HostedZones => {
  const database = openDatabase(dataDir, "route53.sqlite", schema);
  const byId = database.prepare("SELECT * FROM zones WHERE id = ?");
  const byName = database.prepare("SELECT * FROM zones WHERE name = ?");
  const all = database.prepare("SELECT * FROM zones ORDER BY name");
  const insert = database.prepare("INSERT INTO zones VALUES (?, ?, ?)");
  const update = database.prepare("UPDATE zones SET records = ? WHERE id = ?");
  const addChange = database.prepare("INSERT INTO changes VALUES (?, ?)");
  const getChange = database.prepare("SELECT * FROM changes WHERE id = ?");
  const get = (id: string): HostedZone => {
    const row = byId.get(id);
    if (row === undefined)
      throw new Route53Error("NoSuchHostedZone", `No hosted zone found with ID: ${id}`, 404);
    return zoneRow.parse(row);
  };
  return {
    get,
    list: () => all.all().map((row) => zoneRow.parse(row)),
    create: (given, records) => {
      const name = canonicalName(given);
      const existing = byName.get(name);
      if (existing !== undefined) return zoneRow.parse(existing);
      const changes = withApex(name, records).map((set) => ({ action: "CREATE" as const, set }));
      const result = applyBatch(name, [], changes);
      if (result.kind === "refused") throw refusal(result.messages);
      const id = identifier("Z");
      insert.run(id, name, JSON.stringify(result.records));
      return get(id);
    },
    change: (id, changes, now) => {
      const zone = get(id);
      const result = applyBatch(zone.name, zone.records, changes);
      if (result.kind === "refused") throw refusal(result.messages);
      const change = { id: identifier("C"), submitted_at: now };
      inOneCommit(database, () => {
        update.run(JSON.stringify(result.records), id);
        addChange.run(change.id, now);
      });
      return change;
    },
    submitted: (id) => {
      const row = getChange.get(id);
      if (row === undefined)
        throw new Route53Error("NoSuchChange", `Could not find resource with ID: ${id}`, 404);
      return changeRow.parse(row);
    },
    close: () => database.close(),
  };
};

const refusal = (messages: readonly string[]): Route53Error =>
  new Route53Error("InvalidChangeBatch", `[${messages.join(", ")}]`);

const identifier = (letter: "C" | "Z"): string => `${letter}${randomBytes(10).toString("hex").toUpperCase()}`;

/** A new zone has NS and SOA of its own, as Route 53 makes them. */
const withApex = (zone: string, records: readonly RecordSet[]): readonly RecordSet[] => {
  const has = (type: string) => records.some((set) => set.type === type && canonicalName(set.name) === zone);
  const soa = `ns1.${zone}. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`;
  return [
    ...(has("NS") ? [] : [{ name: zone, type: "NS" as const, ttl: 172_800, values: [`ns1.${zone}.`] }]),
    ...(has("SOA") ? [] : [{ name: zone, type: "SOA" as const, ttl: 900, values: [soa] }]),
    ...records,
  ];
};

const schema = `
CREATE TABLE IF NOT EXISTS zones (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, records TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS changes (id TEXT PRIMARY KEY, submitted_at INTEGER NOT NULL) STRICT;
`;
