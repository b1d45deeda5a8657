import type { Account } from "../contract/account.ts";
import type { MailAddress, MigrationId, Timestamp } from "../contract/ids.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { CredentialVault } from "../ports/credential-vault.ts";
import { forEachBounded } from "./for-each-bounded.ts";
import type { KnownAccount } from "./known-accounts.ts";
import type { AccountsPlan } from "./plan-accounts.ts";
import type { PlannedAccount } from "./planned-account.ts";

export interface CreateAccountsPorts {
  readonly accounts: Pick<AccountStore, "create" | "get">;
  readonly vault: Pick<CredentialVault, "keep">;
}

/** Enough to fill the network's round trips, well below KMS' 5,500 requests a second. */
const atOnce = 24;

/**
 * Does what the plan says: the passwords first and the account after them, so that whoever finds an account finds its
 * passwords too. Returns how many accounts this run made, those of an earlier attempt at it included: they carry its moment.
 */
export const createAccounts = async (
  app: CreateAccountsPorts,
  migrationId: MigrationId,
  plan: Pick<AccountsPlan, "fresh" | "repeated">,
  known: ReadonlyMap<MailAddress, KnownAccount>,
  importedAt: Timestamp,
): Promise<number> => {
  let created = plan.repeated.filter(({ address }) => known.get(address)?.importedAt === importedAt).length;
  await forEachBounded([...plan.repeated, ...plan.fresh], atOnce, async (planned) => {
    await keepPasswords(app, migrationId, planned);
    if (known.has(planned.address)) return;
    const account = accountOf(planned, migrationId, importedAt);
    if ((await app.accounts.create(account)) || (await isOurs(app, account))) created += 1;
  });
  return created;
};

const keepPasswords = async (
  { vault }: CreateAccountsPorts,
  migrationId: MigrationId,
  { address, passwords }: PlannedAccount,
): Promise<void> => {
  if (passwords.source !== null) await vault.keep({ migrationId, address, side: "source" }, passwords.source);
  if (passwords.target !== null) await vault.keep({ migrationId, address, side: "target" }, passwords.target);
};

/** A write whose answer was lost is made again by the SDK and then finds its own account. */
const isOurs = async (
  { accounts }: CreateAccountsPorts,
  { migrationId, address, importedAt }: Account,
): Promise<boolean> => (await accounts.get(migrationId, address))?.importedAt === importedAt;

const accountOf = (planned: PlannedAccount, migrationId: MigrationId, importedAt: Timestamp): Account => {
  const { address, target, name } = planned;
  const common = {
    migrationId,
    address,
    target,
    name,
    importedAt,
    state: { status: "notStarted" as const, reason: { kind: "historyNotBegun" as const } },
    copiedEver: 0,
  };
  return planned.kind === "member"
    ? { kind: "member", ...common, memberId: planned.memberId, department: planned.department }
    : { kind: "public", ...common, users: [...planned.users] };
};
