import { z } from "zod";

/** The phases that wait on a task token, in order; `domain` comes before them and `closed` after. */
export const WaitingPhase = z.enum(["accounts", "history", "switch"]);
export type WaitingPhase = z.infer<typeof WaitingPhase>;

/** Where a migration stands. */
export const Phase = z.enum(["domain", "accounts", "history", "switch", "closed"]);
export type Phase = z.infer<typeof Phase>;

/** Whether `phase` lies behind a migration that now stands at `current`. */
export const isPast = (phase: Phase, current: Phase): boolean =>
  Phase.options.indexOf(phase) < Phase.options.indexOf(current);
