import { MailboxWork } from "../../events/mailbox-work.ts";
import { MailferryError } from "../contract/errors.ts";
import type { Timestamp } from "../contract/ids.ts";
import { toStoredError } from "../contract/stored-error.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { ClaimStore } from "../ports/claim-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { WorkQueue } from "../ports/work-queue.ts";
import { type CopyingAccount, verdictOn } from "./silence.ts";

export interface RecoverAccountsPorts {
  readonly clock: Clock;
  readonly accounts: Pick<AccountStore, "replace">;
  readonly claims: Pick<ClaimStore, "get">;
  readonly workQueue: Pick<WorkQueue, "send">;
}

/** Accounts looked at, sent and marked together: two SQS batches. */
const chunkSize = 20;

/**
 * Puts back or gives up those of some accounts whose work is lost. `silence`: for so many seconds nothing may be heard of one.
 *
 * The plan goes out before the account is marked: cut off in between, the next tick sends it again, and SQS drops it.
 */
export const recoverAccounts = async (
  app: RecoverAccountsPorts,
  accounts: readonly CopyingAccount[],
  silence: number,
): Promise<void> => {
  const now = app.clock.now();
  // Most have been heard of lately; only of the others is it asked whether somebody works on them.
  const silent = accounts.filter((account) => verdictOn(account, null, silence, now) !== "leave");
  for (let start = 0; start < silent.length; start += chunkSize) {
    const chunk = silent.slice(start, start + chunkSize);
    const claims = await Promise.all(chunk.map((account) => app.claims.get(account)));
    const verdicts = chunk.map((account, index) => verdictOn(account, claims[index] ?? null, silence, now));
    const having = (verdict: ReturnType<typeof verdictOn>): readonly CopyingAccount[] =>
      chunk.filter((_account, index) => verdicts[index] === verdict);
    await resend(app, having("resend"), now);
    await giveUp(app, having("give up"), now);
  }
};

const resend = async (
  { accounts, workQueue }: RecoverAccountsPorts,
  lost: readonly CopyingAccount[],
  now: Timestamp,
): Promise<void> => {
  if (lost.length === 0) return;
  await workQueue.send(
    lost.map(({ migrationId, address, state: { pass, round } }) =>
      MailboxWork.parse({ work: "plan", migrationId, address, pass, round }),
    ),
  );
  // Not marked when somebody else wrote meanwhile: then it was not lost.
  await Promise.all(
    lost.map((account) => {
      const times = (account.state.resent?.times ?? 0) + 1;
      return accounts.replace(account, {
        ...account,
        state: { ...account.state, resent: { times, at: now } },
      });
    }),
  );
};

const giveUp = async (
  { accounts }: RecoverAccountsPorts,
  lost: readonly CopyingAccount[],
  now: Timestamp,
): Promise<void> => {
  await Promise.all(
    lost.map((account) => {
      const { pass, round, resent } = account.state;
      const error = new MailferryError("WorkLost", { mailbox: account.address, count: resent?.times ?? 0 });
      return accounts.replace(account, {
        ...account,
        state: {
          ...{ status: "failed" as const, pass, since: now, error: toStoredError(error) },
          ...(round === undefined ? {} : { round }),
        },
      });
    }),
  );
};
