import { z } from "zod";

/** What the engine's process has spent since it began. */
export const Spent = z.object({
  seconds: z.number(),
  /** Of its processors. */
  cpuSeconds: z.number(),
});
export type Spent = z.infer<typeof Spent>;
