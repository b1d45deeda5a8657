import type { MailboxWork } from "../../events/mailbox-work.ts";
import type { Account } from "../contract/account.ts";
import type { Migration } from "../contract/migration.ts";
import { requireMigration } from "../passes/amend-migration.ts";
import { settlePass } from "../passes/settle-pass.ts";
import { completeMailbox } from "./complete-mailbox.ts";
import { copyBatch } from "./copy-batch.ts";
import { endAccount, failAccount, failBeforehand } from "./end-account.ts";
import { requireTime } from "./out-of-time.ts";
import { planMailbox, sendPlan } from "./plan-mailbox.ts";
import { amountLeft, beginPass, showProgress } from "./progress.ts";
import { type Sessions, withSessions } from "./sessions.ts";
import type { WorkerPorts } from "./worker-ports.ts";

/** One delivery of a message of the copy queue. */
export interface Delivery {
  readonly work: MailboxWork;
  /** After this one the message goes to the dead-letter queue. */
  readonly isLastAttempt: boolean;
  remainingMilliseconds(): number;
}

/**
 * Does one piece of work on a mailbox: its plan, one batch, or its completion. Work that is stale (the account is gone, is in
 * a newer pass, or has ended this one) is dropped. Returning means done; throwing means that the message is to be delivered
 * again, and everything may be done again without doing it twice.
 *
 * The last attempt leaves the account failed unless it gets through, so that none stays 迁移中 for ever.
 */
export const workMailbox = async (app: WorkerPorts, delivery: Delivery): Promise<"done" | "dropped"> => {
  const { work, isLastAttempt } = delivery;
  const account = await concerned(app, work);
  if (account === null) {
    await settlePass(app, work.migrationId);
    return "dropped";
  }
  const migration = await requireMigration(app.migrations, work.migrationId);
  if (isLastAttempt) await failBeforehand(app, account, work.pass);
  try {
    await enterAndPerform(app, delivery, migration, account);
  } catch (thrown) {
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
    work.work === "plan" ? await beginPass(app, work, pass) : await app.accounts.get(migrationId, address);
  return account?.state.status === "copying" && account.state.pass === pass ? account : null;
};

const enterAndPerform = async (
  app: WorkerPorts,
  delivery: Delivery,
  migration: Migration,
  account: Account,
): Promise<void> => {
  const { work } = delivery;
  if (work.work === "plan" && account.state.status === "copying" && account.state.planned !== undefined) {
    await sendPlan(app, account, work.pass, await app.mailboxes.batches(account));
    return;
  }
  const entry = await withSessions(app, migration.settings, account, (sessions) =>
    perform(app, sessions, delivery, migration, account),
  );
  if (!entry.entered) {
    await endAccount(app, account, { status: "notStarted", reason: entry.reason, pass: work.pass });
  }
  if (!entry.entered || work.work === "complete") await settlePass(app, work.migrationId);
};

const perform = async (
  app: WorkerPorts,
  sessions: Sessions,
  delivery: Delivery,
  migration: Migration,
  account: Account,
): Promise<void> => {
  const { work } = delivery;
  switch (work.work) {
    case "plan":
      return planMailbox(app, sessions, account, work.pass);
    case "copy": {
      const batches = await app.mailboxes.batches(account);
      const batch = batches.find(({ batchId }) => batchId === work.batchId);
      if (batch === undefined) return;
      const folders = await app.mailboxes.folders(account);
      const targetHost = migration.settings.target.host;
      const scope = { batch, batches, folders, pass: work.pass, targetHost };
      const copied = await copyBatch(app, sessions, scope, () =>
        requireTime(delivery.remainingMilliseconds()),
      );
      const left = amountLeft(batches.map((other) => (other.batchId === copied.batchId ? copied : other)));
      await showProgress(app, account, work.pass, left, copied.parts.at(-1)?.sourcePath);
      return;
    }
    case "complete": {
      const scope = { account, pass: work.pass, peopleAtTarget: isAtWork(migration) };
      const { state, totals, copiedEver } = await completeMailbox(app, sessions, scope);
      await endAccount(app, account, state, { copiedEver, ...(totals === null ? {} : { totals }) });
    }
  }
};

/** From the verified MX on, members work at the target. */
const isAtWork = (migration: Migration): boolean =>
  migration.phase === "closed" || (migration.phase === "switch" && migration.switch.stage === "draining");
