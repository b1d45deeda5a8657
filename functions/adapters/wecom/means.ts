import { setTimeout } from "node:timers/promises";
import type { Clock } from "../../../shared/ports/clock.ts";

/** Time as the client has it: what it is, and to let some of it go by. */
export interface Means {
  readonly clock: Clock;
  readonly pause: (milliseconds: number) => Promise<void>;
}

/** Really waits. */
export const realPause = async (milliseconds: number): Promise<void> => {
  await setTimeout(milliseconds);
};

/** Whose API is called, with the secret itself. */
export interface WecomAccess {
  readonly baseUrl: string;
  readonly corpId: string;
  readonly secret: string;
}
