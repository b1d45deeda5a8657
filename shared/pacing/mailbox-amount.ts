import type { Account } from "../contract/account.ts";
import { MailferryError } from "../contract/errors.ts";
import type { Day, FetchedRecord } from "../contract/pace.ts";
import type { Clock } from "../ports/clock.ts";
import type { PaceStore } from "../ports/pace-store.ts";
import { dayOf } from "./day.ts";

export interface MailboxAmountPorts {
  readonly clock: Clock;
  readonly pace: Pick<PaceStore, "fetched" | "replaceFetched">;
}

/** Only a worker that was taken over still counts along with its successor, and no more than once or twice. */
const mostTries = 4;

/** What is fetched from one mailbox in a day, where that is limited. */
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

  /** To be done before anything is fetched: what dies on the way has been fetched in part. @throws WorkSuperseded */
  async charge(bytes: number): Promise<void> {
    if (this.#limit === undefined || bytes === 0) return;
    const { migrationId, address } = this.#account;
    for (let tries = 0; tries < mostTries; tries += 1) {
      const previous = await this.#app.pace.fetched(this.#account);
      const day = dayOf(this.#app.clock.now());
      const next = { migrationId, address, day, bytes: bytesOn(day, previous) + bytes };
      if (await this.#app.pace.replaceFetched(previous, next)) return;
    }
    throw new MailferryError("WorkSuperseded", { mailbox: address });
  }

  async #fetchedToday(): Promise<number> {
    return bytesOn(dayOf(this.#app.clock.now()), await this.#app.pace.fetched(this.#account));
  }
}

const bytesOn = (day: Day, fetched: FetchedRecord | null): number =>
  fetched?.day === day ? fetched.bytes : 0;
