import { isDeepStrictEqual } from "node:util";
import { Account } from "../../shared/contract/account.ts";
import type { MailAddress, MigrationId } from "../../shared/contract/ids.ts";
import { shardOf } from "../../shared/contract/table.ts";
import type { AccountPage, AccountStore } from "../../shared/ports/account-store.ts";

/** The accounts in memory, sharded and paged like the table's, with the open index lagging behind when it is frozen. */
export class FakeAccountStore implements AccountStore {
  readonly #accounts = new Map<string, Account>();
  readonly #pageSize: number;
  #frozenAnswer: boolean | null = null;

  constructor(pageSize = 500) {
    this.#pageSize = pageSize;
  }

  /** From now on the open index answers this, whatever the table says; null lets it follow the table again. */
  freezeOpenIndex(answer: boolean | null): void {
    this.#frozenAnswer = answer;
  }

  /** Every account of a migration, by address. */
  all(id: MigrationId): readonly Account[] {
    return structuredClone(this.#sorted(id));
  }

  async get(id: MigrationId, address: MailAddress): Promise<Account | null> {
    return structuredClone(this.#accounts.get(keyOf(id, address)) ?? null);
  }

  async createAll(accounts: readonly Account[]): Promise<readonly Account[]> {
    return accounts.filter((account) => {
      const key = keyOf(account.migrationId, account.address);
      const held = this.#accounts.has(key);
      if (!held) this.#accounts.set(key, Account.parse(account));
      return held;
    });
  }

  async replace(previous: Account, next: Account): Promise<boolean> {
    const key = keyOf(previous.migrationId, previous.address);
    if (!isDeepStrictEqual(this.#accounts.get(key), Account.parse(previous))) return false;
    this.#accounts.set(key, Account.parse(next));
    return true;
  }

  async remove(account: Account): Promise<boolean> {
    const key = keyOf(account.migrationId, account.address);
    const held = this.#accounts.get(key);
    if (held !== undefined && !isDeepStrictEqual(held, Account.parse(account))) return false;
    this.#accounts.delete(key);
    return true;
  }

  async page(
    id: MigrationId,
    shard: number,
    after: MailAddress | null,
    atMost = this.#pageSize,
  ): Promise<AccountPage> {
    const behind = this.#sorted(id).filter(
      ({ address }) => shardOf(address) === shard && (after === null || address > after),
    );
    const accounts = structuredClone(behind.slice(0, Math.min(atMost, this.#pageSize)));
    return { accounts, next: behind.length > accounts.length ? (accounts.at(-1)?.address ?? null) : null };
  }

  async mayHaveOpen(id: MigrationId): Promise<boolean> {
    return this.#frozenAnswer ?? this.#sorted(id).some(({ state }) => state.status === "copying");
  }

  #sorted(id: MigrationId): readonly Account[] {
    return [...this.#accounts.values()]
      .filter(({ migrationId }) => migrationId === id)
      .sort((one, other) => (one.address < other.address ? -1 : 1));
  }
}

const keyOf = (id: MigrationId, address: MailAddress): string => `${id} ${address}`;
