import { z } from "zod";
import { MigrationId, Timestamp } from "./ids.ts";
import { Reminders } from "./notice.ts";
import { Pass } from "./pass.ts";
import { HeldSettings } from "./settings.ts";
import { StoredError } from "./stored-error.ts";

/** One MX record as it was answered; `ttl` in seconds. */
export const MxRecord = z.strictObject({
  preference: z.number().int().min(0).max(65_535),
  /** Lower case, no trailing dot. */
  exchange: z.string().min(1),
  ttl: z.number().int().min(0),
});
export type MxRecord = z.infer<typeof MxRecord>;

/** What the domain check found out before anything else was done. */
export const DomainFindings = z.strictObject({
  checkedAt: Timestamp,
  /** Empty when the domain has no MX (yet); null when no name server could be asked, so that nothing is known of it. */
  mx: z.array(MxRecord).max(50).nullable(),
  /** The source provider recognised from the MX, or null. */
  provider: z.string().nullable(),
  sourceCapabilities: z.array(z.string()),
  targetCapabilities: z.array(z.string()),
});
export type DomainFindings = z.infer<typeof DomainFindings>;

/** Why a server showed no records. Only the first two are answers; `refused` and `unreachable` say nothing about the domain. */
export const MxAbsence = z.enum(["noSuchDomain", "noRecords", "refused", "unreachable"]);
export type MxAbsence = z.infer<typeof MxAbsence>;

/** What one name server said of the domain's MX. */
export const MxObservation = z.discriminatedUnion("answer", [
  z.strictObject({
    server: z.string(),
    role: z.enum(["authoritative", "resolver"]),
    answer: z.literal("records"),
    records: z.array(MxRecord),
  }),
  z.strictObject({
    server: z.string(),
    role: z.enum(["authoritative", "resolver"]),
    answer: z.literal("none"),
    absence: MxAbsence,
    reason: z.string(),
  }),
]);
export type MxObservation = z.infer<typeof MxObservation>;

/** How the last look at the MX ended. `agreed` only when every server answered exactly the expected set. */
export const MxVerdict = z.discriminatedUnion("verdict", [
  z.strictObject({ verdict: z.literal("agreed"), at: Timestamp }),
  z.strictObject({ verdict: z.literal("disagreed"), at: Timestamp, dissenting: z.array(MxObservation) }),
]);
export type MxVerdict = z.infer<typeof MxVerdict>;

/** The cut-over: waiting for the MX, then draining the old server until senders' caches have run out. */
export const SwitchState = z.discriminatedUnion("stage", [
  z.strictObject({ stage: z.literal("awaitingMx"), since: Timestamp, lastVerdict: MxVerdict.optional() }),
  z.strictObject({
    stage: z.literal("draining"),
    verifiedAt: Timestamp,
    /** `verifiedAt` plus the largest TTL of the old MX set: before it mail may still reach the old server. */
    drainUntil: Timestamp,
  }),
]);
export type SwitchState = z.infer<typeof SwitchState>;

const base = {
  migrationId: MigrationId,
  domain: z.string(),
  settings: HeldSettings,
  createdAt: Timestamp,
  /** Set when the workflow ended in an error; cleared when an execution started for it again takes up the recorded phase. */
  failure: z.strictObject({ error: StoredError, at: Timestamp }).optional(),
  /** The last time everybody was reminded; absent before the first. */
  reminders: Reminders.optional(),
};
const checked = { ...base, findings: DomainFindings };
const copying = { ...checked, pass: Pass };
/**
 * What ends the workflow's wait in this phase: absent before it waits, and once it is known that nobody waits on it any more. It stands
 * in this record because whoever keeps it must see in the same moment whether the phase's goal is reached, and the other way round.
 */
const waiting = { taskToken: z.string().min(1).optional() };

/** When it was said that no more accounts are to come (下一步); kept so that a wait for them which begins later ends at once. */
const finishing = { finishedAt: Timestamp.optional() };

/** A migration; each phase adds what has become true. */
export const Migration = z.discriminatedUnion("phase", [
  z.strictObject({ phase: z.literal("domain"), ...base, ...finishing }),
  z.strictObject({ phase: z.literal("accounts"), ...checked, ...waiting, ...finishing }),
  z.strictObject({ phase: z.literal("history"), ...copying, ...waiting }),
  z.strictObject({ phase: z.literal("switch"), ...copying, ...waiting, switch: SwitchState }),
  z.strictObject({ phase: z.literal("closed"), ...copying, closedAt: Timestamp }),
]);
export type Migration = z.infer<typeof Migration>;
export type MigrationIn<P extends Migration["phase"]> = Extract<Migration, { phase: P }>;
