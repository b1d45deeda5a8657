import type { Account } from "../contract/account.ts";
import { fullestBatch } from "../copy/form-batches.ts";

/** What there is to copy, as far as mailboxes have been planned. */
export interface PlannedWork {
  readonly mailboxes: number;
  /** Of the same migration, whose mail nobody has looked at yet: nothing of it is in the other numbers. */
  readonly unplanned: number;
  readonly batches: number;
  readonly messages: number;
  readonly bytes: number;
}

export const nothingPlanned: PlannedWork = { mailboxes: 0, unplanned: 0, batches: 0, messages: 0, bytes: 0 };

/**
 * What the plan says of one account: while it is being copied what was planned, afterwards what it came to. Messages that were
 * at the target already cost next to nothing and are left out.
 */
export const plannedWork = ({ state, totals }: Account): PlannedWork => {
  if (state.status === "copying" && state.planned !== undefined) {
    return { mailboxes: 1, unplanned: 0, ...state.planned };
  }
  if (totals === undefined) return { ...nothingPlanned, unplanned: 1 };
  const messages = totals.messages.copied;
  const bytes = totals.bytes.copied;
  const batches = Math.ceil(Math.max(messages / fullestBatch.messages, bytes / fullestBatch.bytes));
  return { mailboxes: 1, unplanned: 0, batches, messages, bytes };
};

export const sumOfWork = (works: Iterable<PlannedWork>): PlannedWork => {
  let sum = nothingPlanned;
  for (const work of works) {
    sum = {
      mailboxes: sum.mailboxes + work.mailboxes,
      unplanned: sum.unplanned + work.unplanned,
      batches: sum.batches + work.batches,
      messages: sum.messages + work.messages,
      bytes: sum.bytes + work.bytes,
    };
  }
  return sum;
};
