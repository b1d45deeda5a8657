import { shards } from "../accounts/all-accounts.ts";
import type { MailAddress, MigrationId } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { CredentialVault } from "../ports/credential-vault.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import type { Workflow } from "../ports/workflow.ts";
import { isDrained } from "../switch/drain.ts";
import { amendMigration, requireMigration } from "./amend-migration.ts";
import { endWait } from "./end-wait.ts";
import { type CopyingMigration, copiedIn, isCopying, standingOf } from "./participation.ts";

export interface SettlePassPorts {
  readonly clock: Clock;
  readonly migrations: Pick<MigrationStore, "get" | "replace" | "earlierTaskToken">;
  readonly accounts: Pick<AccountStore, "page" | "mayHaveOpen">;
  readonly workflow: Pick<Workflow, "succeed">;
  readonly vault: Pick<CredentialVault, "destroyAll">;
}

/**
 * Ends the present pass when every account has ended it, and does what follows from its end: the history phase is over,
 * or the switch is, or the credentials of a closed migration go. Called after each account's end and by the tick, as often as
 * one likes. The open index may say "running" wrongly for a moment, but "ended" is proven by reading every account. Of a few accounts
 * that proof costs no more than the index would, which is not asked then. What was `justRead` or written need not be read once more.
 * @throws MigrationUnknown
 */
export const settlePass = async (
  app: SettlePassPorts,
  migrationId: MigrationId,
  justRead: Migration | null = null,
): Promise<"running" | "settled"> => {
  const migration = justRead ?? (await requireMigration(app.migrations, migrationId));
  if (!isCopying(migration)) return "running";
  const settled = migration.pass.settledAt === undefined ? await settle(app, migration) : migration;
  if (settled === null) return "running";
  await conclude(app, settled);
  return "settled";
};

/** So many are some three to a shard: all are read in the requests, and in hardly more units, that the index would take. */
const fewAccounts = 24;

/** The migration with its pass settled, or null when something still runs. */
const settle = async (
  app: SettlePassPorts,
  migration: CopyingMigration,
): Promise<CopyingMigration | null> => {
  const { migrationId, pass } = migration;
  if (!pass.fannedOut) return null;
  if ((pass.accounts ?? Infinity) > fewAccounts && (await app.accounts.mayHaveOpen(migrationId))) return null;
  const proof = await readEnd(app.accounts, migration);
  if (proof.end === "running") return null;
  const { search: _over, ...rest } = pass;
  const next =
    proof.end === "ended"
      ? { ...rest, settledAt: app.clock.now(), copied: proof.copied }
      : { ...pass, fannedOut: false };
  const amended = await amendMigration(
    app.migrations,
    migrationId,
    (current) => (isCopying(current) && isSamePass(current, migration) ? { ...current, pass: next } : null),
    migration,
  );
  return isCopying(amended) && amended.pass.settledAt !== undefined ? amended : null;
};

/** The proof holds only for the pass it was made for: one that was opened again or settled meanwhile is another. */
const isSamePass = ({ pass: now }: CopyingMigration, { pass: then }: CopyingMigration): boolean =>
  now.number === then.number &&
  now.reopened === then.reopened &&
  now.fannedOut &&
  now.settledAt === undefined;

type End =
  | { readonly end: "ended"; readonly copied: number }
  | { readonly end: "running" }
  /** An account came in behind the fan-out's back: it has to go over the accounts once more. */
  | { readonly end: "unstarted" };

const readEnd = async (accounts: SettlePassPorts["accounts"], migration: CopyingMigration): Promise<End> => {
  const ends = await Promise.all(shards.map((shard) => readShardEnd(accounts, migration, shard)));
  let copied = 0;
  let unstarted = false;
  for (const end of ends) {
    if (end.end === "running") return end;
    if (end.end === "unstarted") unstarted = true;
    else copied += end.copied;
  }
  return unstarted ? { end: "unstarted" } : { end: "ended", copied };
};

const readShardEnd = async (
  accounts: SettlePassPorts["accounts"],
  { migrationId, pass }: CopyingMigration,
  shard: number,
): Promise<End> => {
  let copied = 0;
  let unstarted = false;
  let after: MailAddress | null = null;
  do {
    const page: Awaited<ReturnType<AccountStore["page"]>> = await accounts.page(migrationId, shard, after);
    for (const account of page.accounts) {
      const standing = standingOf(account, pass);
      if (standing === "running") return { end: "running" };
      if (standing === "unstarted") unstarted = true;
      copied += copiedIn(account, pass);
    }
    after = page.next;
  } while (after !== null);
  return unstarted ? { end: "unstarted" } : { end: "ended", copied };
};

const conclude = async (app: SettlePassPorts, migration: CopyingMigration): Promise<void> => {
  switch (migration.phase) {
    case "history":
      await endWait(app, migration);
      return;
    case "switch":
      if (isDrained(migration, app.clock.now())) await endWait(app, migration);
      return;
    case "closed":
      await app.vault.destroyAll(migration.migrationId);
      return;
  }
};
