import type { Timestamp } from "../contract/ids.ts";
import type { SlotRecord } from "../contract/pace.ts";
import { hasCome, secondsAfter } from "../time/moment.ts";
import { dayOf } from "./day.ts";

/** Who wants a connection, for how long at most, and how much is going to be fetched over it. */
export interface SlotWish {
  readonly holder: string;
  readonly seconds: number;
  readonly bytes: number;
  /** Bytes that one slot may carry in a day; null for any number. */
  readonly bytesPerDay: number | null;
}

/**
 * Two machines' clocks may differ by so many seconds before two workers share a slot; AWS keeps them within a fraction of one. A
 * worker whose process is ended by the platform may still be heard by the server for as long.
 */
const clockSkewSeconds = 60;

/**
 * A slot as it is once it is taken, or why it cannot be. A holder that finds itself in the slot died there and takes it back: a
 * mailbox has one worker at a time, so it is not holding it twice. What is over the day's amount goes through only on a slot that
 * has carried nothing yet, because a batch larger than the amount would otherwise wait for ever.
 */
export const takenSlot = (
  slot: SlotRecord | null,
  place: Pick<SlotRecord, "host" | "number">,
  wish: SlotWish,
  now: Timestamp,
): SlotRecord | "held" | "spent" => {
  if (slot !== null && !isFree(slot, now) && slot.holder !== wish.holder) return "held";
  const carried = carrying(slot, wish, now);
  if (carried === "spent") return "spent";
  const heldUntil = secondsAfter(now, wish.seconds + clockSkewSeconds);
  return { ...place, holder: wish.holder, heldUntil, ...carried };
};

/** A slot that is held, once its holder goes on to fetch more over it than it was taken for; or that the day's amount is spent. */
export const chargedSlot = (
  slot: SlotRecord,
  amount: Pick<SlotWish, "bytes" | "bytesPerDay">,
  now: Timestamp,
): SlotRecord | "spent" => {
  const carried = carrying(slot, amount, now);
  return carried === "spent" ? "spent" : { ...slot, ...carried };
};

const carrying = (
  slot: SlotRecord | null,
  { bytes, bytesPerDay }: Pick<SlotWish, "bytes" | "bytesPerDay">,
  now: Timestamp,
): Pick<SlotRecord, "day" | "bytes"> | "spent" => {
  const day = dayOf(now);
  const before = slot?.day === day ? slot.bytes : 0;
  if (bytesPerDay !== null && before > 0 && bytes > 0 && before + bytes > bytesPerDay) return "spent";
  return { day, bytes: before + bytes };
};

/** The slot given back. */
export const freedSlot = (slot: SlotRecord): SlotRecord => ({ ...slot, holder: null });

const isFree = ({ holder, heldUntil }: SlotRecord, now: Timestamp): boolean =>
  holder === null || hasCome(heldUntil, now);
