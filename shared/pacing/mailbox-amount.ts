import type { Account } from "../contract/account.ts";
import type { Clock } from "../ports/clock.ts";
import type { PaceStore } from "../ports/pace-store.ts";
import { dayOf } from "./day.ts";

export interface MailboxAmountPorts {
  readonly clock: Clock;
  readonly pace: Pick<PaceStore, "fetched" | "putFetched">;
}

/** What is fetched from one mailbox in a day, where that is limited. Its worker is the only one that counts. */
export class MailboxAmount {
  readonly #app: MailboxAmountPorts;
  readonly #account: Account;
  readonly #limit: number | undefined;

  /** `limit`: bytes in a day; undefined for any number, which nobody counts. */
  constructor(app: MailboxAmountPorts, account: Account, limit: number | undefined) {
    this.#app = app;
    this.#account = account;
    this.#limit = limit;
  }

  /** Whether so many bytes more may be fetched today. As with a slot, a day's first batch goes through whatever its size. */
  async hasRoomFor(bytes: number): Promise<boolean> {
    if (this.#limit === undefined || bytes === 0) return true;
    const before = await this.#fetchedToday();
    return before === 0 || before + bytes <= this.#limit;
  }

  /** To be done before anything is fetched: what dies on the way has been fetched in part. */
  async charge(bytes: number): Promise<void> {
    if (this.#limit === undefined || bytes === 0) return;
    const { migrationId, address } = this.#account;
    const day = dayOf(this.#app.clock.now());
    const before = await this.#fetchedToday();
    await this.#app.pace.putFetched({ migrationId, address, day, bytes: before + bytes });
  }

  async #fetchedToday(): Promise<number> {
    const fetched = await this.#app.pace.fetched(this.#account);
    return fetched?.day === dayOf(this.#app.clock.now()) ? fetched.bytes : 0;
  }
}
