import type { Account } from "../contract/account.ts";
import type { HeldSettings } from "../contract/settings.ts";
import { type Provider, providerAt, providerNamed } from "../domain/provider.ts";
import type { Clock } from "../ports/clock.ts";
import type { PaceStore } from "../ports/pace-store.ts";
import { dayOf, nextDay } from "./day.ts";
import { NotYet } from "./not-yet.ts";
import { giveBack, takeSlot } from "./take-slot.ts";
import { nextOpening } from "./windows.ts";

export interface PacePorts {
  readonly clock: Clock;
  readonly pace: PaceStore;
}

/** Work on a mailbox for which its old server is needed. */
export interface PacedWork {
  readonly account: Account;
  readonly settings: Pick<HeldSettings, "source" | "copy">;
  /** Bytes of mail it is going to fetch. Asked only where they are limited. */
  bytes(): Promise<number>;
  remainingMilliseconds(): number;
  /**
   * Called when a connection seems to be free, before it is had: what the old server does not see may begin. Not sooner, because those
   * who wait look for one time and again, and what they open for nothing is paid for.
   */
  prepare?(): void;
}

/** A slot of a host with a daily limit carries at least a whole batch, so there may be fewer of them than connections. */
const leastBytesPerSlot = 64_000_000;

/**
 * Does the work when it may be done: inside the hours, inside what may be fetched in a day from the mailbox and from its host, over
 * one of the host's connections. The host's daily amount is shared out among its slots, so that it is counted in no single place.
 * Amounts are charged before anything is fetched: what dies on the way has been fetched in part.
 * @throws NotYet when it may not be done now
 */
export const paced = async <Result>(
  app: PacePorts,
  work: PacedWork,
  perform: () => Promise<Result>,
): Promise<Result> => {
  const { copy, source } = work.settings;
  const opening = nextOpening(copy.windows, app.clock.now());
  if (opening !== null) throw new NotYet("window", opening);
  const mailboxLimit = mailboxLimitOf(work.settings);
  const bytes = hasDailyLimit(work.settings) ? await work.bytes() : 0;
  const slots = slotsOf(copy);
  const { migrationId, address } = work.account;
  if (mailboxLimit !== undefined) await requireShare(app, work.account, bytes, mailboxLimit);
  const wish = {
    holder: `${migrationId}#${address}`,
    seconds: Math.ceil(work.remainingMilliseconds() / 1_000),
    bytes,
    bytesPerDay: copy.bytesPerDay === undefined ? null : copy.bytesPerDay / slots,
  };
  const taking = await takeSlot(app, source.host.toLowerCase(), slots, wish, () => work.prepare?.());
  if (taking.taken === null) {
    throw taking.why === "spent"
      ? new NotYet("dailyBytes", nextDay(app.clock.now()))
      : new NotYet("connections", null);
  }
  try {
    if (mailboxLimit !== undefined) await charge(app, work.account, bytes);
    return await perform();
  } finally {
    await giveBack(app, taking.taken);
  }
};

type PaceSettings = PacedWork["settings"];

/** Whether bytes are counted by the day, for the host or for the mailbox. */
export const hasDailyLimit = (settings: PaceSettings): boolean =>
  settings.copy.bytesPerDay !== undefined || mailboxLimitOf(settings) !== undefined;

const mailboxLimitOf = ({ copy, source }: PaceSettings): number | undefined =>
  copy.bytesPerDayPerMailbox ?? providerOf(source)?.bytesPerDayPerMailbox;

/** A mailbox is read over the one connection of its session, which is a slot. */
const slotsOf = ({ connectionsPerSourceHost, bytesPerDay }: HeldSettings["copy"]): number => {
  if (bytesPerDay === undefined) return connectionsPerSourceHost;
  return Math.max(1, Math.min(connectionsPerSourceHost, Math.floor(bytesPerDay / leastBytesPerSlot)));
};

const providerOf = ({ host, profile }: HeldSettings["source"]): Provider | null =>
  profile === undefined ? providerAt(host) : providerNamed(profile);

/** As with a slot, a day's first batch goes through whatever its size. */
const requireShare = async (
  app: PacePorts,
  account: Account,
  bytes: number,
  limit: number,
): Promise<void> => {
  const before = await fetchedToday(app, account);
  if (bytes > 0 && before > 0 && before + bytes > limit) {
    throw new NotYet("dailyBytes", nextDay(app.clock.now()));
  }
};

const charge = async (app: PacePorts, account: Account, bytes: number): Promise<void> => {
  if (bytes === 0) return;
  const { migrationId, address } = account;
  const day = dayOf(app.clock.now());
  await app.pace.putFetched({
    migrationId,
    address,
    day,
    bytes: (await fetchedToday(app, account)) + bytes,
  });
};

const fetchedToday = async ({ clock, pace }: PacePorts, account: Account): Promise<number> => {
  const fetched = await pace.fetched(account);
  return fetched?.day === dayOf(clock.now()) ? fetched.bytes : 0;
};
