import { markedVerified } from "../accounts/marked-verified.ts";
import type { Account, AccountState } from "../contract/account.ts";
import { isMailferryError, MailferryError } from "../contract/errors.ts";
import type { PassNumber } from "../contract/ids.ts";
import { type StoredError, toStoredError } from "../contract/stored-error.ts";
import { type AmendPorts, amendAccount } from "./amend-account.ts";
import { isFinished } from "./progress.ts";
import type { WorkerPorts } from "./worker-ports.ts";

type EndPorts = Pick<WorkerPorts, "accounts" | "clock" | "mailboxes">;

/** Records how a mailbox ended its pass. A newer pass is never overwritten. */
export const endAccount = (
  app: AmendPorts,
  account: Account,
  state: AccountState & { readonly pass?: PassNumber },
  results: Pick<Account, "totals" | "copiedEver"> = { copiedEver: account.copiedEver },
): Promise<Account | null> =>
  amendAccount(app, account, (stored) =>
    (stored.state.pass ?? 0) > (state.pass ?? 0)
      ? null
      : {
          ...markedVerified(state.status === "completed" ? withoutConfirmed(stored) : stored, account),
          state: inRound(state, stored.state),
          copiedEver: Math.max(stored.copiedEver, results.copiedEver),
          ...(results.totals === undefined ? {} : { totals: results.totals }),
        },
  );

/** A completed mailbox has nothing left of what was confirmed to be deleted. */
const withoutConfirmed = ({ confirmedDeletions: _doneWith, ...account }: Account): Account => account;

/** The round is kept of a mailbox that may begin the pass once more: its next plan must carry a later one. */
const inRound = (state: AccountState, before: AccountState): AccountState => {
  if (state.status !== "notStarted" && state.status !== "failed") return state;
  const round = before.status === "completed" || before.pass !== state.pass ? undefined : before.round;
  return round === undefined ? state : { ...state, round };
};

/** Marks the mailbox as failed by what was thrown. */
export const failAccount = async (
  app: EndPorts,
  account: Account,
  pass: PassNumber,
  thrown: unknown,
): Promise<void> => {
  const error = isMailferryError(thrown)
    ? toStoredError(thrown)
    : await unfinished(app, account, thrown instanceof Error ? thrown.message : String(thrown));
  await endAccount(app, account, { status: "failed", pass, since: app.clock.now(), error });
};

/**
 * Marks the mailbox as failed before its last attempt begins: should the worker die without a word once more, the mailbox
 * would otherwise be shown as copying for ever. An attempt that gets through takes it back.
 */
export const failBeforehand = async (app: EndPorts, account: Account, pass: PassNumber): Promise<void> => {
  const error = await unfinished(app, account, "the worker ended without a word each time");
  await endAccount(app, account, { status: "failed", pass, since: app.clock.now(), error });
};

const unfinished = async (app: EndPorts, account: Account, reason: string): Promise<StoredError> => {
  const batches = await app.mailboxes.batches(account);
  const count = batches.filter((batch) => !isFinished(batch)).length;
  return toStoredError(new MailferryError("BatchesUnfinished", { count, mailbox: account.address, reason }));
};
