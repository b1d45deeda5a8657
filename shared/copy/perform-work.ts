import type { Account } from "../contract/account.ts";
import type { PassNumber } from "../contract/ids.ts";
import type { BatchRecord } from "../contract/mailbox.ts";
import type { Migration } from "../contract/migration.ts";
import type { Further } from "../pacing/paced.ts";
import { hasRefused, isCopying } from "../passes/participation.ts";
import type { SurveyedFolder } from "../ports/mail-server.ts";
import { completeMailbox, type Found } from "./complete-mailbox.ts";
import { copyPlanned } from "./copy-planned.ts";
import type { Delivery } from "./delivery.ts";
import { endAccount } from "./end-account.ts";
import { FirstReading } from "./first-reading.ts";
import { GoingOn } from "./going-on.ts";
import type { MailboxRecords } from "./mailbox-records.ts";
import { octetsToCompare } from "./octets-to-compare.ts";
import { requireTime } from "./out-of-time.ts";
import { planAnew } from "./plan-anew.ts";
import { planMailbox } from "./plan-mailbox.ts";
import { amountLeft, isFinished, showProgress } from "./progress.ts";
import { quietly } from "./quietly.ts";
import { takeBack } from "./send-behind.ts";
import { leaveToQueue } from "./send-work.ts";
import type { LetIn, Sessions } from "./sessions.ts";
import type { WorkerPorts } from "./worker-ports.ts";

/** A delivery's time in a mailbox that it was let into. */
export interface Visit extends LetIn {
  readonly delivery: Delivery;
  readonly migration: Migration;
  readonly records: Promise<MailboxRecords>;
  /** Charges what is fetched beyond the delivery's own batch. */
  readonly further: Further;
}

/** Does the work and says whether the mailbox has ended its pass by it. */
export const perform = async (
  app: WorkerPorts,
  sessions: Sessions,
  visit: Visit,
): Promise<"under way" | "ended"> => {
  const { work } = visit.delivery;
  if (work.work === "plan") return planAndCopy(app, sessions, visit);
  const [records] = await Promise.all([visit.records, visit.announced]);
  if (work.work === "complete") return complete(app, sessions, visit, records);
  const going = new GoingOn(visit);
  // The messages of those that follow find them copied: they need no login of their own.
  const isDue = async (batch: BatchRecord): Promise<boolean> =>
    batch.batchId === work.batchId || (batch.batchId > work.batchId && (await going.takes(batch)));
  await copyPlanned(app, sessions, { ...copying(visit), ...records, isDue, completes: false });
  return "under way";
};

const planAndCopy = async (
  app: WorkerPorts,
  sessions: Sessions,
  visit: Visit,
): Promise<"under way" | "ended"> => {
  const first = new FirstReading(sessions.source);
  try {
    return await planAndCopyFrom(app, sessions, visit, first);
  } finally {
    await first.leave();
  }
};

const planAndCopyFrom = async (
  app: WorkerPorts,
  sessions: Sessions,
  visit: Visit,
  first: FirstReading,
): Promise<"under way" | "ended"> => {
  const { account, announced, delivery, migration, records } = visit;
  const { pass } = delivery.work;
  const going = new GoingOn(visit);
  const refusedOnly = triesRefusedOnly(migration, account, pass);
  const { survey, seen, ...plan } = await planMailbox(app, sessions, {
    ...{ account, pass, refusedOnly, records },
    isCopiedAtOnce: (batch) => going.takes(batch),
    whenFormed: (batch, folders) => first.begin(batch, folders),
  });
  await announced;
  const { verify } = migration.settings.copy;
  const mayCompare = async (batches: readonly BatchRecord[]): Promise<boolean> =>
    going.mayFetch(await octetsToCompare(verify, async () => ({ ...(await records), ...plan, batches })));
  if (plan.batches.every(isFinished) && (await mayCompare(plan.batches)))
    return complete(app, sessions, visit, plan, { survey, seen });
  if (plan.intended === null) await first.throwAway();
  // When every batch and folder is stored; the first batch need not wait for it.
  const shown = quietly(showProgress(app, account, pass, amountLeft(plan.batches)));
  let surveyed: Promise<readonly SurveyedFolder[]> | undefined;
  const course = {
    ...{ ...copying(visit), ...plan, isDue: (batch: BatchRecord) => going.takes(batch) },
    ...{ completes: true, first, seen, shown },
    whenRead: () => {
      if (going.isYoung) surveyed = quietly(sessions.source.survey());
    },
  };
  const batches = await copyPlanned(app, sessions, course);
  if (batches.every(isFinished) && going.isYoung && (await mayCompare(batches))) {
    const found = { seen, survey: (await surveyed) ?? null };
    return complete(app, sessions, visit, { folders: plan.folders, batches }, found);
  }
  await leaveToQueue(app, account, pass, batches);
  return "under way";
};

const copying = ({ account, delivery, migration }: Visit) => ({
  account,
  pass: delivery.work.pass,
  targetHost: migration.settings.target.host,
  beforeChunk: () => requireTime(delivery.remainingMilliseconds()),
});

/** An account that joined such a pass, because it was imported or started late, has everything to copy. */
const triesRefusedOnly = (migration: Migration, account: Account, pass: PassNumber): boolean =>
  isCopying(migration) &&
  migration.pass.number === pass &&
  migration.pass.refusedOnly === true &&
  hasRefused(account);

/** Where folders with mail came since the mailbox was planned, the pass takes them along. */
const complete = async (
  app: WorkerPorts,
  sessions: Sessions,
  { account, delivery, migration, records }: Visit,
  { folders, batches }: Pick<MailboxRecords, "folders" | "batches">,
  found?: Found,
): Promise<"under way" | "ended"> => {
  const { verify, deletions } = migration.settings.copy;
  const { pass } = delivery.work;
  const scope = { account, pass, peopleAtTarget: isAtWork(migration), verify, deletions };
  const known = { folders, batches, summaries: (await records).summaries };
  const { state, totals, copiedEver } = await completeMailbox(app, sessions, scope, known, found);
  const isLate = state.status === "failed" && state.error.name === "FolderLate";
  if (isLate && (await planAnew(app, account))) {
    await takeBack(app, account);
    return "under way";
  }
  await endAccount(app, account, state, { copiedEver, ...(totals === null ? {} : { totals }) });
  return "ended";
};

/** From the verified MX on, members work at the target. */
const isAtWork = (migration: Migration): boolean =>
  migration.phase === "closed" || (migration.phase === "switch" && migration.switch.stage === "draining");
