import type { Account } from "../contract/account.ts";
import type { MailAddress, MigrationId, Timestamp } from "../contract/ids.ts";
import { amendAccount } from "../copy/amend-account.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { CredentialVault, KeptPassword } from "../ports/credential-vault.ts";
import { forEachBounded } from "./for-each-bounded.ts";
import type { KnownAccount } from "./known-accounts.ts";
import type { AccountsPlan } from "./plan-accounts.ts";
import type { PlannedAccount } from "./planned-account.ts";

export interface CreateAccountsPorts {
  readonly accounts: Pick<AccountStore, "createAll" | "get" | "replace">;
  readonly vault: Pick<CredentialVault, "keepAll">;
}

/** What became of the good rows. Those of an earlier attempt at this run are counted as its own: they carry its moment. */
export interface CreatedAccounts {
  readonly created: number;
  readonly updated: number;
  /** Accounts that did not start before, and have been given a password. */
  readonly mended: readonly MailAddress[];
}

/** Passwords kept together, whose accounts follow; as many as the vault seals with one data key, when each row has one. */
const chunkSize = 250;

/** Enough to fill the network's round trips, each of which carries a few accounts. */
const chunksAtOnce = 8;

/** Accounts changed one by one. */
const changesAtOnce = 32;

/**
 * Does what the plan says: the passwords first and the accounts after them, so that whoever finds an account finds its
 * passwords too.
 */
export const createAccounts = async (
  app: CreateAccountsPorts,
  migrationId: MigrationId,
  { repeated, fresh }: Pick<AccountsPlan, "fresh" | "repeated">,
  known: ReadonlyMap<MailAddress, KnownAccount>,
  startedAt: Timestamp,
): Promise<CreatedAccounts> => {
  const again = await amendRepeated(app, migrationId, repeated, known, startedAt);
  return { ...again, created: again.created + (await createFresh(app, migrationId, fresh, startedAt)) };
};

const amendRepeated = async (
  app: CreateAccountsPorts,
  migrationId: MigrationId,
  repeated: readonly PlannedAccount[],
  known: ReadonlyMap<MailAddress, KnownAccount>,
  startedAt: Timestamp,
): Promise<CreatedAccounts> => {
  let created = 0;
  let updated = 0;
  const mended: MailAddress[] = [];
  for (const planned of inChunks(repeated)) {
    await app.vault.keepAll(migrationId, planned.flatMap(passwordsOf));
    await forEachBounded(planned, changesAtOnce, async (row) => {
      const earlier = known.get(row.address);
      if (earlier === undefined) return;
      if (earlier.isWaiting && passwordsOf(row).length > 0) mended.push(row.address);
      if (earlier.importedAt === startedAt) created += 1;
      else if (earlier.amendedAt === startedAt || (await takeOver(app, migrationId, row, earlier, startedAt)))
        updated += 1;
    });
  }
  return { created, updated, mended };
};

const createFresh = async (
  app: CreateAccountsPorts,
  migrationId: MigrationId,
  fresh: readonly PlannedAccount[],
  startedAt: Timestamp,
): Promise<number> => {
  let created = 0;
  await forEachBounded(inChunks(fresh), chunksAtOnce, async (planned) => {
    await app.vault.keepAll(migrationId, planned.flatMap(passwordsOf));
    const accounts = planned.map((row) => accountOf(row, migrationId, startedAt));
    const present = await app.accounts.createAll(accounts);
    created += accounts.length - present.length;
    await forEachBounded(present, changesAtOnce, async (account) => {
      if (await isOurs(app, account)) created += 1;
    });
  });
  return created;
};

const inChunks = (rows: readonly PlannedAccount[]): readonly (readonly PlannedAccount[])[] =>
  Array.from({ length: Math.ceil(rows.length / chunkSize) }, (_unused, index) =>
    rows.slice(index * chunkSize, (index + 1) * chunkSize),
  );

const passwordsOf = ({ address, passwords: { source, target } }: PlannedAccount): readonly KeptPassword[] => [
  ...(source === null ? [] : [{ address, side: "source" as const, password: source }]),
  ...(target === null ? [] : [{ address, side: "target" as const, password: target }]),
];

/** A write whose answer was lost is made again by the SDK and then finds its own account. */
const isOurs = async (
  { accounts }: CreateAccountsPorts,
  { migrationId, address, importedAt }: Account,
): Promise<boolean> => (await accounts.get(migrationId, address))?.importedAt === importedAt;

/** The name and the department that the row gives; false when the account has them already. */
const takeOver = async (
  { accounts }: CreateAccountsPorts,
  migrationId: MigrationId,
  { address, says }: PlannedAccount,
  earlier: KnownAccount,
  amendedAt: Timestamp,
): Promise<boolean> => {
  const { name = earlier.name, department = earlier.department } = says;
  if (name === earlier.name && department === earlier.department) return false;
  await amendAccount({ accounts }, { migrationId, address }, (account) => ({
    ...account,
    name,
    ...(account.kind === "member" && department !== null ? { department } : {}),
    amendedAt,
  }));
  return true;
};

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
