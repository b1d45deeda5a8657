import type { Account } from "../contract/account.ts";
import type { Migration } from "../contract/migration.ts";
import type { Pass } from "../contract/pass.ts";

/** A migration that has begun to copy, so that it has a pass. */
export type CopyingMigration = Extract<Migration, { pass: Pass }>;

/** Narrows a migration to one that has a pass. */
export const isCopying = (migration: Migration): migration is CopyingMigration => "pass" in migration;

/** How one account stands to a pass: not begun yet, on its way, at its end, or none of the pass' business. */
export type Standing = "unstarted" | "running" | "ended" | "apart";

/** An account that was imported late has never been in a pass and takes part whatever `only` and `refusedOnly` say. */
export const standingOf = (account: Account, pass: Pass): Standing => {
  const { state } = account;
  if (state.pass === undefined) return "unstarted";
  if (state.pass < pass.number) {
    const isNamed = pass.only === undefined || pass.only.includes(account.address);
    return isNamed && (pass.refusedOnly === undefined || hasRefused(account)) ? "unstarted" : "apart";
  }
  return state.status === "copying" ? "running" : "ended";
};

/** Whether the target refused messages of the account when it was last looked at. */
export const hasRefused = ({ totals }: Account): boolean => (totals?.messages.refused ?? 0) > 0;

/** What an account wrote to the target in a pass; a failed one is reported as failed and counts nothing here. */
export const copiedIn = (account: Account, pass: Pass): number =>
  account.state.status === "completed" && account.state.pass === pass.number ? account.state.copiedInPass : 0;
