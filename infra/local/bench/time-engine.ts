import { z } from "zod";
import type { Dovecot } from "../demo/dovecot/dovecot.ts";
import { runProbe } from "./run-probe.ts";

const EngineRun = z.object({
  seconds: z.number(),
  /** Processor time of the process while it copied. */
  cpuSeconds: z.number(),
  peakMegabytes: z.number(),
  messages: z.number(),
});
export type EngineRun = z.infer<typeof EngineRun>;

/** Copies the mailboxes' INBOX with the engine alone, in a process of its own whose start does not count. */
export const timeEngine = async (
  source: Pick<Dovecot, "accessOf">,
  target: Pick<Dovecot, "accessOf">,
  users: readonly string[],
  connections: number,
): Promise<EngineRun> => {
  const asked = {
    connections,
    mailboxes: users.map((user) => ({ user, source: source.accessOf(user), target: target.accessOf(user) })),
  };
  return runProbe("engine-probe", asked, EngineRun);
};
