import type { Account } from "../contract/account.ts";
import type { HeldSettings } from "../contract/settings.ts";
import { type Provider, providerAt, providerNamed } from "../domain/provider.ts";
import type { Clock } from "../ports/clock.ts";
import type { PaceStore } from "../ports/pace-store.ts";
import { nextDay } from "./day.ts";
import { MailboxAmount } from "./mailbox-amount.ts";
import { NotYet } from "./not-yet.ts";
import { chargedSlot } from "./slot.ts";
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
 * Asks for so many bytes beyond those that the work began with, and charges them; false when the day's amount does not hold them, or the
 * connection is not ours any more. To be asked before they are fetched, one question after the other.
 */
export type Further = (bytes: number) => Promise<boolean>;

/**
 * Does the work when it may be done: inside the hours, inside what may be fetched in a day from the mailbox and from its host, over
 * one of the host's connections. The host's daily amount is shared out among its slots, so that it is counted in no single place.
 * Amounts are charged before anything is fetched: what dies on the way has been fetched in part.
 * @throws NotYet when it may not be done now, WorkSuperseded when another worker keeps counting the same mailbox
 */
export const paced = async <Result>(
  app: PacePorts,
  work: PacedWork,
  perform: (further: Further) => Promise<Result>,
): Promise<Result> => {
  const { account, settings } = work;
  const { copy, source } = settings;
  const opening = nextOpening(copy.windows, app.clock.now());
  if (opening !== null) throw new NotYet("window", opening);
  const isCounted = hasDailyLimit(settings);
  const bytes = isCounted ? await work.bytes() : 0;
  const slots = slotsOf(copy);
  const bytesPerDay = copy.bytesPerDay === undefined ? null : copy.bytesPerDay / slots;
  const amount = new MailboxAmount(app, account, mailboxLimitOf(settings));
  if (!(await amount.hasRoomFor(bytes))) throw new NotYet("dailyBytes", nextDay(app.clock.now()));
  const wish = {
    holder: `${account.migrationId}#${account.address}`,
    seconds: Math.ceil(work.remainingMilliseconds() / 1_000),
    bytes,
    bytesPerDay,
  };
  const taking = await takeSlot(app, source.host.toLowerCase(), slots, wish, () => work.prepare?.());
  if (taking.taken === null) {
    throw taking.why === "spent"
      ? new NotYet("dailyBytes", nextDay(app.clock.now()))
      : new NotYet("connections", null);
  }
  let slot = taking.taken;
  const further: Further = async (more) => {
    if (!isCounted || more === 0) return true;
    if (!(await amount.hasRoomFor(more))) return false;
    if (bytesPerDay !== null) {
      const charged = chargedSlot(slot, { bytes: more, bytesPerDay }, app.clock.now());
      if (charged === "spent" || !(await app.pace.replaceSlot(slot, charged))) return false;
      slot = charged;
    }
    await amount.charge(more);
    return true;
  };
  try {
    await amount.charge(bytes);
    return await perform(further);
  } finally {
    await giveBack(app, slot);
  }
};

type PaceSettings = PacedWork["settings"];

/** Whether bytes are counted by the day, for the host or for the mailbox. */
const hasDailyLimit = (settings: PaceSettings): boolean =>
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
