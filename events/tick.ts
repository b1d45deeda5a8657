import { z } from "zod";

/** The schedule's event: look after what is due. It carries nothing; what is due stands in the table. */
export const TickEvent = z.object({
  source: z.literal("aws.events"),
  "detail-type": z.literal("Scheduled Event"),
});
export type TickEvent = z.infer<typeof TickEvent>;
