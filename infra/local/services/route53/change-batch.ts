import { canonicalName, type RecordSet, RecordUnusable, resourcesOf } from "../../dns/records.ts";

/** One change of a batch. */
export interface Change {
  readonly action: "CREATE" | "DELETE" | "UPSERT";
  readonly set: RecordSet;
}

/** Either all changes were made, or none and every reason why. */
export type BatchResult =
  | { readonly kind: "changed"; readonly records: readonly RecordSet[] }
  | { readonly kind: "refused"; readonly messages: readonly string[] };

/**
 * Applies a batch to a zone's records, in order, all or nothing
 * (https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html).
 */
export const applyBatch = (
  zone: string,
  records: readonly RecordSet[],
  changes: readonly Change[],
): BatchResult => {
  const sets = new Map(records.map((set) => [keyOf(set), set]));
  const messages = changes.flatMap((change) => {
    const reason = unusable(zone, change.set) ?? apply(sets, zone, change);
    return reason === undefined ? [] : [reason];
  });
  const changed = [...sets.values()];
  messages.push(...aliasConflicts(changed));
  return messages.length > 0 ? { kind: "refused", messages } : { kind: "changed", records: changed };
};

const keyOf = ({ name, type }: RecordSet): string => `${canonicalName(name)} ${type}`;

/** What Route 53 calls a record set in its messages. */
const titleOf = ({ name, type }: RecordSet): string => `[name='${canonicalName(name)}.', type='${type}']`;

const apply = (sets: Map<string, RecordSet>, zone: string, { action, set }: Change): string | undefined => {
  const key = keyOf(set);
  const existing = sets.get(key);
  if (action === "CREATE" && existing !== undefined) {
    return `Tried to create resource record set ${titleOf(set)} but it already exists`;
  }
  if (action !== "DELETE") {
    sets.set(key, { ...set, name: canonicalName(set.name) });
    return undefined;
  }
  if (existing === undefined) {
    return `Tried to delete resource record set ${titleOf(set)} but it was not found`;
  }
  if (!sameRecords(existing, set)) {
    return `Tried to delete resource record set ${titleOf(set)} but the values provided do not match the current values`;
  }
  if (canonicalName(set.name) === zone && (set.type === "SOA" || set.type === "NS")) {
    return `A HostedZone must contain at least one ${set.type} record for the zone itself.`;
  }
  sets.delete(key);
  return undefined;
};

const sameRecords = (one: RecordSet, other: RecordSet): boolean =>
  one.ttl === other.ttl && valuesOf(one) === valuesOf(other);

const valuesOf = ({ values }: RecordSet): string =>
  JSON.stringify(values.map((value) => value.trim()).toSorted());

const unusable = (zone: string, set: RecordSet): string | undefined => {
  const name = canonicalName(set.name);
  if (name !== zone && !name.endsWith(`.${zone}`)) {
    return `RRSet with DNS name ${name}. is not permitted in zone ${zone}.`;
  }
  if (!name.split(".").every((label) => /^[a-z0-9_-]{1,63}$/.test(label)) || name.length > 253) {
    return `Invalid Resource Record: FATAL problem: DomainLabelError (${titleOf(set)}; wildcards are not served here)`;
  }
  if (set.values.length === 0) return `Missing field 'ResourceRecords' in ${titleOf(set)}`;
  if (new Set(set.values).size !== set.values.length) return `Duplicate Resource Record in ${titleOf(set)}`;
  try {
    resourcesOf(set);
    return undefined;
  } catch (thrown) {
    if (thrown instanceof RecordUnusable) return `Invalid Resource Record: FATAL problem: ${thrown.message}`;
    throw thrown;
  }
};

/** RFC 1034 §3.6.2: where there is an alias there is nothing else. */
const aliasConflicts = (sets: readonly RecordSet[]): readonly string[] =>
  sets
    .filter((set) => set.type === "CNAME" && sets.filter(({ name }) => name === set.name).length > 1)
    .map((set) => `RRSet of type CNAME with DNS name ${set.name}. conflicts with another RRSet of that name`);
