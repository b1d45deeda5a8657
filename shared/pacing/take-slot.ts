import type { SlotRecord } from "../contract/pace.ts";
import type { Clock } from "../ports/clock.ts";
import type { PaceStore } from "../ports/pace-store.ts";
import { freedSlot, type SlotWish, takenSlot } from "./slot.ts";
import { spread } from "./spread.ts";

export interface SlotPorts {
  readonly clock: Clock;
  readonly pace: Pick<PaceStore, "slot" | "replaceSlot">;
}

/** So many slots are looked at before a worker goes away to wait: what is full is not searched through. */
const mostLooks = 8;

/** What came of it: the slot, to be given back; or why there was none. `spent`: no slot of the host carries more today. */
export type Taking =
  | { readonly taken: SlotRecord }
  | { readonly taken: null; readonly why: "held" | "spent" };

/**
 * Takes one of the connections of a source host. First the mailbox' own place is looked at, where a worker that died may have left
 * it, then others from a place that differs from try to try. One read for each look and one conditional write: nothing is
 * counted in one place, so that nothing grows hot however many mailboxes there are. `onFree` is called when one seems to be free,
 * before it is had.
 */
export const takeSlot = async (
  { clock, pace }: SlotPorts,
  host: string,
  slots: number,
  wish: SlotWish,
  onFree: () => void = () => undefined,
): Promise<Taking> => {
  const places = placesFor(wish.holder, clock.now(), slots);
  let spent = 0;
  for (const number of places) {
    const found = await pace.slot(host, number);
    const next = takenSlot(found, { host, number }, wish, clock.now());
    if (next === "spent") spent += 1;
    if (next === "spent" || next === "held") continue;
    onFree();
    if (await pace.replaceSlot(found, next)) return { taken: next };
  }
  return { taken: null, why: spent === slots ? "spent" : "held" };
};

/** Gives it back, unless it ran out and is somebody else's by now. */
export const giveBack = async ({ pace }: SlotPorts, slot: SlotRecord): Promise<void> => {
  await pace.replaceSlot(slot, freedSlot(slot));
};

const placesFor = (holder: string, moment: string, slots: number): ReadonlySet<number> => {
  const start = Math.floor(spread(`${holder} ${moment}`) * slots);
  const others = Array.from(
    { length: Math.min(slots, mostLooks) },
    (_unused, look) => (start + look) % slots,
  );
  return new Set([Math.floor(spread(holder) * slots), ...others]);
};
