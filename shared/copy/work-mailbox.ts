import type { MailboxWork } from "../../events/mailbox-work.ts";
import { awaitUser, mustAwaitUser, startIfUserVerified } from "../accounts/await-user.ts";
import type { Account } from "../contract/account.ts";
import type { Migration } from "../contract/migration.ts";
import { copyQueue } from "../contract/queue.ts";
import type { HeldSettings } from "../contract/settings.ts";
import { waitIfAsked, waitOut, withoutWaiting } from "../pacing/note-waiting.ts";
import { paced } from "../pacing/paced.ts";
import { requireMigration } from "../passes/amend-migration.ts";
import { settlePass } from "../passes/settle-pass.ts";
import type { Delivery } from "./delivery.ts";
import { endAccount, failAccount, failBeforehand } from "./end-account.ts";
import { type MailboxRecords, readRecords } from "./mailbox-records.ts";
import { MustWait } from "./must-wait.ts";
import { octetsToCompare } from "./octets-to-compare.ts";
import { perform } from "./perform-work.ts";
import { amountLeft, beginPass, isFinished } from "./progress.ts";
import { quietly } from "./quietly.ts";
import { sendAnew } from "./send-anew.ts";
import { sendBehind, sendBehindPlan, takeBack } from "./send-behind.ts";
import { type Logins, loginsOf, withSessions } from "./sessions.ts";
import { type Outcome, withClaim } from "./with-claim.ts";
import type { WorkerPorts } from "./worker-ports.ts";

/**
 * Does one piece of work on a mailbox, while no other delivery may: its plan with as much of the pass as a visit holds, one batch, or
 * the completion. Work that is stale (the account is gone, is in a newer pass or round, or has ended this one) is dropped. Returning means done; throwing means that the
 * message is to be delivered again, and everything may be done again without doing it twice.
 *
 * The last attempt leaves the account failed unless it gets through, so that none stays 迁移中 for ever. Work that has to wait
 * never comes to that. @throws MustWait
 */
export const workMailbox = (app: WorkerPorts, delivery: Delivery): Promise<Outcome> => {
  // Along with the claim: who works on the mailbox makes no difference to it.
  const migration = quietly(requireMigration(app.migrations, delivery.work.migrationId));
  return withClaim(app, delivery, async (held) => {
    try {
      return await attempt(held, delivery, migration);
    } catch (thrown) {
      const isNearlyCountedOut = delivery.receiveCount >= copyQueue.maxReceiveCount - 1;
      if (!isNearlyCountedOut || !(thrown instanceof MustWait)) throw thrown;
      await sendAnew(held, delivery.work);
      return "sentAnew";
    }
  });
};

const attempt = async (
  app: WorkerPorts,
  delivery: Delivery,
  reading: Promise<Migration>,
): Promise<"done" | "dropped"> => {
  const { work, receiveCount } = delivery;
  // Behind the claim: before it, another delivery may be about to end the pass.
  const account = await concerned(app, work);
  if (account === null) {
    if (await sendBehindPlan(app, work)) return "done";
    if (work.work === "plan") await startIfUserVerified(app, work);
    await settlePass(app, work.migrationId);
    return "dropped";
  }
  const migration = await reading;
  const isLastAttempt = receiveCount >= copyQueue.maxReceiveCount;
  if (isLastAttempt) await failBeforehand(app, account, work.pass);
  try {
    if ((await sendBehind(app, account, work)) || (await isCopied(app, work))) {
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
  let prepared: Prepared | undefined;
  const prepare = (): Prepared => {
    prepared ??= {
      logins: quietly(loginsOf(app, settings, account)),
      records: quietly(readRecords(app, account)),
    };
    return prepared;
  };
  const paces = {
    account,
    settings,
    bytes: () => bytesToFetch(app, account, work, settings),
    remainingMilliseconds: () => delivery.remainingMilliseconds(),
    prepare,
  };
  let settling: Promise<unknown> = Promise.resolve();
  const entry = await paced(app, paces, async (further) => {
    const { logins, records } = prepare();
    const done = await withSessions(app, settings, account, logins, (sessions, letIn) =>
      perform(app, sessions, { delivery, migration, records, further, ...letIn }),
    );
    // Along with giving the connection back: the account has its end, and both ends are left.
    if (done.entered && done.result === "ended") settling = quietly(settlePass(app, work.migrationId));
    return done;
  });
  if (!entry.entered) {
    await endAccount(app, account, { status: "notStarted", reason: entry.reason, pass: work.pass });
    settling = settlePass(app, work.migrationId);
  }
  await settling;
};

/** Whether it is a copy that the visit before has done along with its own: nobody logs in for it. */
const isCopied = async ({ mailboxes }: WorkerPorts, work: MailboxWork): Promise<boolean> => {
  const batch = work.work === "copy" ? await mailboxes.batch(work, work.batchId) : null;
  return batch !== null && isFinished(batch);
};

/** What is begun while the connection is being taken. */
interface Prepared {
  readonly logins: Promise<Logins>;
  readonly records: Promise<MailboxRecords>;
}

/** What a copy still has to fetch, or a completion to compare; a plan reads metadata, and asks when it goes on. */
const bytesToFetch = async (
  app: WorkerPorts,
  account: Account,
  work: MailboxWork,
  { copy: { verify } }: HeldSettings,
): Promise<number> => {
  if (work.work === "plan") return 0;
  if (work.work === "complete") return octetsToCompare(verify, () => readRecords(app, account));
  const batch = await app.mailboxes.batch(account, work.batchId);
  return batch === null ? 0 : amountLeft([batch]).bytes;
};
