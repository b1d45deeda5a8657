import type { OperatorAnswer, OperatorCommand } from "../../events/operator-command.ts";
import type { Account } from "../contract/account.ts";
import type { MailAddress } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import { revokeMemberLinks } from "../credentials/member-link.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { CredentialVault } from "../ports/credential-vault.ts";
import type { ImportStore } from "../ports/import-store.ts";
import type { MemberLinkStore } from "../ports/member-link-store.ts";
import { accountPages } from "./all-accounts.ts";
import { forEachBounded } from "./for-each-bounded.ts";
import { noPatience, type TurnPorts, withTurn } from "./with-turn.ts";

export interface ClearAccountsPorts extends TurnPorts {
  readonly accounts: Pick<AccountStore, "get" | "page" | "remove">;
  readonly vault: Pick<CredentialVault, "destroy" | "destroyAll">;
  readonly memberLinks: Pick<MemberLinkStore, "access" | "replaceAccess">;
  readonly imports: Pick<ImportStore, "list" | "remove">;
}

type Cleared = NonNullable<OperatorAnswer["cleared"]>;

/**
 * 「清空重新导入」 and 「返回上一步」: removes accounts with their passwords and the links to their members' pages. Only those go that never
 * began: an account that mail has been copied for is the proof of it, and stays. Before the history begins that is every account;
 * when all have gone then, the record of what was imported goes as well, and nothing is left of phase 2 but the directory.
 * Not while an import is under way, and none is let in meanwhile.
 *
 * What the time does not suffice for is counted as left; asked again it goes on.
 */
export const clearAccounts = async (
  app: ClearAccountsPorts,
  migration: Migration,
  { only }: Pick<Extract<OperatorCommand, { command: "clearAccounts" }>, "only">,
  remainingMilliseconds: () => number,
): Promise<OperatorAnswer> => {
  if (migration.phase === "domain") return { outcome: "notWaiting" };
  if (migration.phase === "closed") return { outcome: "alreadyDone" };
  const clearing = new Clearing(app, migration, remainingMilliseconds);
  const end = await withTurn(app, migration.migrationId, "clear", noPatience, () =>
    only === undefined ? clearing.all() : clearing.named(only),
  );
  if (end === null) return { outcome: "importUnderWay" };
  return { outcome: end.done.left === 0 ? "done" : "unfinished", cleared: end.done };
};

/** Time kept back to count what is left of 100,000 accounts. Milliseconds. */
const reserveMilliseconds = 60_000;

/** Each takes four or five calls of the table. */
const atOnce = 24;

/** Of the accounts that stay so many are named. */
const keptNamed = 100;

class Clearing {
  readonly #app: ClearAccountsPorts;
  readonly #migration: Migration;
  readonly #remainingMilliseconds: () => number;
  readonly #kept: MailAddress[] = [];
  #removed = 0;
  #keptTotal = 0;
  #left = 0;

  constructor(app: ClearAccountsPorts, migration: Migration, remainingMilliseconds: () => number) {
    this.#app = app;
    this.#migration = migration;
    this.#remainingMilliseconds = remainingMilliseconds;
  }

  async all(): Promise<Cleared> {
    const { migrationId, phase } = this.#migration;
    for await (const accounts of accountPages(this.#app.accounts, migrationId)) await this.#clear(accounts);
    // Only where no account has stayed: a password belongs to one of them otherwise. The runs last: where there is none, an import
    // looks for no accounts and passwords of an earlier one.
    if (phase === "accounts" && this.#left + this.#keptTotal === 0) {
      await this.#app.vault.destroyAll(migrationId);
      for (const { upload } of await this.#app.imports.list(migrationId))
        await this.#app.imports.remove(migrationId, upload.file);
    }
    return this.#counted();
  }

  async named(addresses: readonly MailAddress[]): Promise<Cleared> {
    const accounts: Account[] = [];
    await forEachBounded([...new Set(addresses)], atOnce, async (address) => {
      const account = await this.#app.accounts.get(this.#migration.migrationId, address);
      if (account !== null) accounts.push(account);
    });
    await this.#clear(accounts);
    return this.#counted();
  }

  #counted(): Cleared {
    return { removed: this.#removed, kept: this.#keptTotal, keptFirst: this.#kept, left: this.#left };
  }

  async #clear(accounts: readonly Account[]): Promise<void> {
    const clearable = accounts.filter((account) => this.#mayGo(account));
    if (this.#remainingMilliseconds() < reserveMilliseconds) this.#left += clearable.length;
    else await forEachBounded(clearable, atOnce, (account) => this.#remove(account));
  }

  #mayGo(account: Account): boolean {
    if (neverBegan(account)) return true;
    this.#keptTotal += 1;
    if (this.#kept.length < keptNamed) this.#kept.push(account.address);
    return false;
  }

  /** The account itself goes last: as long as it is there, whoever takes this up again finds what belongs to it. */
  async #remove(account: Account): Promise<void> {
    const { migrationId, address } = account;
    await revokeMemberLinks(this.#app, migrationId, address);
    for (const side of ["source", "target"] as const)
      await this.#app.vault.destroy({ migrationId, address, side });
    if (await this.#app.accounts.remove(account)) this.#removed += 1;
    else this.#left += 1;
  }
}

/** No pass has ever counted its messages, and none does now: so it is with every account before the history begins. */
const neverBegan = ({ state, totals, copiedEver }: Account): boolean =>
  state.status === "notStarted" && totals === undefined && copiedEver === 0;
