import type { MailboxWork } from "../../events/mailbox-work.ts";
import { awaitUser, mustAwaitUser, startIfUserVerified } from "../accounts/await-user.ts";
import type { Account } from "../contract/account.ts";
import type { PassNumber } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import { copyQueue } from "../contract/queue.ts";
import { waitIfAsked, waitOut, withoutWaiting } from "../pacing/note-waiting.ts";
import { hasDailyLimit, paced } from "../pacing/paced.ts";
import { requireMigration } from "../passes/amend-migration.ts";
import { hasRefused, isCopying } from "../passes/participation.ts";
import { settlePass } from "../passes/settle-pass.ts";
import type { SurveyedFolder } from "../ports/mail-server.ts";
import { completeMailbox } from "./complete-mailbox.ts";
import { copyPlanned } from "./copy-planned.ts";
import { endAccount, failAccount, failBeforehand } from "./end-account.ts";
import { MustWait } from "./must-wait.ts";
import { requireTime } from "./out-of-time.ts";
import { type Plan, planMailbox } from "./plan-mailbox.ts";
import { amountLeft, beginPass, isFinished } from "./progress.ts";
import { sendAnew } from "./send-anew.ts";
import { sendBehind, sendBehindPlan, takeBack } from "./send-behind.ts";
import { leaveToQueue } from "./send-work.ts";
import { type Sessions, withSessions } from "./sessions.ts";
import { type Outcome, withClaim } from "./with-claim.ts";
import type { WorkerPorts } from "./worker-ports.ts";

/** One delivery of a message of the copy queue. */
export interface Delivery {
  readonly work: MailboxWork;
  readonly messageId: string;
  /** How often the message was received, this time included. */
  readonly receiveCount: number;
  remainingMilliseconds(): number;
  /**
   * For how long the visit that plans a mailbox goes on to copy it and to complete its pass. What is not begun by then is left to
   * messages of its own, so that a large mailbox lets others have their turn.
   */
  readonly visitMilliseconds: number;
}

/**
 * Does one piece of work on a mailbox, while no other delivery may: its plan with as much of the pass as a visit holds, one batch, or
 * the completion. Work that is stale (the account is gone, is in a newer pass or round, or has ended this one) is dropped. Returning means done; throwing means that the
 * message is to be delivered again, and everything may be done again without doing it twice.
 *
 * The last attempt leaves the account failed unless it gets through, so that none stays 迁移中 for ever. Work that has to wait
 * never comes to that. @throws MustWait
 */
export const workMailbox = (app: WorkerPorts, delivery: Delivery): Promise<Outcome> =>
  withClaim(app, delivery, async (held) => {
    try {
      return await attempt(held, delivery);
    } catch (thrown) {
      const isNearlyCountedOut = delivery.receiveCount >= copyQueue.maxReceiveCount - 1;
      if (!isNearlyCountedOut || !(thrown instanceof MustWait)) throw thrown;
      await sendAnew(held, delivery.work);
      return "sentAnew";
    }
  });

const attempt = async (app: WorkerPorts, delivery: Delivery): Promise<"done" | "dropped"> => {
  const { work, receiveCount } = delivery;
  const account = await concerned(app, work);
  if (account === null) {
    if (await sendBehindPlan(app, work)) return "done";
    if (work.work === "plan") await startIfUserVerified(app, work);
    await settlePass(app, work.migrationId);
    return "dropped";
  }
  const migration = await requireMigration(app.migrations, work.migrationId);
  const isLastAttempt = receiveCount >= copyQueue.maxReceiveCount;
  if (isLastAttempt) await failBeforehand(app, account, work.pass);
  try {
    if (await sendBehind(app, account, work)) {
      if (isLastAttempt) await takeBack(app, account);
      return "done";
    }
    waitOut(app, account);
    await enterAndPerform(app, delivery, migration, withoutWaiting(account));
  } catch (thrown) {
    await waitIfAsked(app, account, thrown);
    if (isLastAttempt) {
      await failAccount(app, account, work.pass, thrown);
      await settlePass(app, work.migrationId);
    }
    throw thrown;
  }
  return "done";
};

/** The account, if the work still concerns it. A plan begins the pass if the fan-out has not marked it yet. */
const concerned = async (app: WorkerPorts, work: MailboxWork): Promise<Account | null> => {
  const { migrationId, address, pass } = work;
  const account =
    work.work === "plan"
      ? await beginPass(app, work, pass, work.round)
      : await app.accounts.get(migrationId, address);
  if (account?.state.status !== "copying" || account.state.pass !== pass) return null;
  return (work.round ?? 0) < (account.state.round ?? 0) ? null : account;
};

const enterAndPerform = async (
  app: WorkerPorts,
  delivery: Delivery,
  migration: Migration,
  account: Account,
): Promise<void> => {
  const { work } = delivery;
  if (work.work === "plan" && (await mustAwaitUser(app, migration, account))) {
    await awaitUser(app, account, work.pass);
    await settlePass(app, work.migrationId);
    return;
  }
  const { settings } = migration;
  const paces = {
    account,
    settings,
    bytes: () => bytesToFetch(app, account, work),
    remainingMilliseconds: () => delivery.remainingMilliseconds(),
  };
  const entry = await paced(app, paces, () =>
    withSessions(app, settings, account, (sessions) => perform(app, sessions, delivery, migration, account)),
  );
  if (!entry.entered) {
    await endAccount(app, account, { status: "notStarted", reason: entry.reason, pass: work.pass });
  }
  if (!entry.entered || entry.result === "ended") await settlePass(app, work.migrationId);
};

/** What a copy still has to fetch; plans and completions read metadata. */
const bytesToFetch = async (app: WorkerPorts, account: Account, work: MailboxWork): Promise<number> => {
  if (work.work !== "copy") return 0;
  const batch = await app.mailboxes.batch(account, work.batchId);
  return batch === null ? 0 : amountLeft([batch]).bytes;
};

/** Does the work and says whether the mailbox has ended its pass by it. */
const perform = async (
  app: WorkerPorts,
  sessions: Sessions,
  delivery: Delivery,
  migration: Migration,
  account: Account,
): Promise<"under way" | "ended"> => {
  const { work } = delivery;
  const { pass } = work;
  if (work.work === "complete") return complete(app, sessions, migration, account, pass);
  const plan = work.work === "plan" ? await planned(app, sessions, migration, account, pass) : null;
  if (plan?.batches.every(isFinished)) {
    return complete(app, sessions, migration, account, pass, plan.survey);
  }
  const isYoung = goesOn(delivery, migration);
  const batches = await copyPlanned(app, sessions, {
    account,
    pass,
    batches: plan?.batches ?? (await app.mailboxes.batches(account)),
    folders: plan?.folders ?? (await app.mailboxes.folders(account)),
    targetHost: migration.settings.target.host,
    isDue: ({ batchId }) => (work.work === "copy" ? batchId === work.batchId : isYoung()),
    completes: plan !== null,
    beforeChunk: () => requireTime(delivery.remainingMilliseconds()),
  });
  if (plan === null) return "under way";
  if (batches.every(isFinished) && isYoung()) return complete(app, sessions, migration, account, pass);
  await leaveToQueue(app, account, pass, batches);
  return "under way";
};

const planned = (
  app: WorkerPorts,
  sessions: Sessions,
  migration: Migration,
  account: Account,
  pass: PassNumber,
): Promise<Plan> => planMailbox(app, sessions, account, pass, triesRefusedOnly(migration, account, pass));

/** Bytes that are counted by the day are charged before a batch is fetched, which each batch's own message does. */
const goesOn = (delivery: Delivery, { settings }: Migration): (() => boolean) => {
  const begun = delivery.remainingMilliseconds();
  if (hasDailyLimit(settings)) return () => false;
  return () => begun - delivery.remainingMilliseconds() < delivery.visitMilliseconds;
};

/** An account that joined such a pass, because it was imported or started late, has everything to copy. */
const triesRefusedOnly = (migration: Migration, account: Account, pass: PassNumber): boolean =>
  isCopying(migration) &&
  migration.pass.number === pass &&
  migration.pass.refusedOnly === true &&
  hasRefused(account);

const complete = async (
  app: WorkerPorts,
  sessions: Sessions,
  migration: Migration,
  account: Account,
  pass: PassNumber,
  survey?: readonly SurveyedFolder[],
): Promise<"ended"> => {
  const { verify, deletions } = migration.settings.copy;
  const scope = { account, pass, peopleAtTarget: isAtWork(migration), verify, deletions };
  const { state, totals, copiedEver } = await completeMailbox(app, sessions, scope, survey);
  await endAccount(app, account, state, { copiedEver, ...(totals === null ? {} : { totals }) });
  return "ended";
};

/** From the verified MX on, members work at the target. */
const isAtWork = (migration: Migration): boolean =>
  migration.phase === "closed" || (migration.phase === "switch" && migration.switch.stage === "draining");
