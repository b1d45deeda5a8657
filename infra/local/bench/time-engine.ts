import { z } from "zod";
import type { Dovecot } from "../demo/dovecot/dovecot.ts";
import { runProbe } from "./run-probe.ts";
import { Spent } from "./spent.ts";

const EngineRun = z.object({
  /** From plan to verification. */
  whole: Spent,
  /** Until all mail was at the target. */
  copied: Spent,
  peakMegabytes: z.number(),
  ends: z.array(z.literal("completed")),
});
export type EngineRun = z.infer<typeof EngineRun>;

/** Moves the mailboxes with the engine alone, in a process of its own whose start does not count. */
export const timeEngine = async (
  source: Pick<Dovecot, "accessOf">,
  target: Pick<Dovecot, "accessOf">,
  users: readonly string[],
  connections: number,
): Promise<EngineRun> => {
  const mailboxes = users.map((user) => ({
    ...{ user, connections },
    ...{ source: source.accessOf(user), target: target.accessOf(user) },
  }));
  return runProbe("engine-probe", mailboxes, EngineRun);
};
