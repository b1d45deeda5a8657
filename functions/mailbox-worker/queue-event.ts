import { z } from "zod";

/** A message of the copy queue as Lambda's event source hands it over. */
export const QueueRecord = z.looseObject({
  messageId: z.string(),
  receiptHandle: z.string(),
  body: z.string(),
  attributes: z.looseObject({
    ApproximateReceiveCount: z.coerce.number().int().min(1),
    MessageGroupId: z.string(),
  }),
});

export const QueueEvent = z.object({ Records: z.array(QueueRecord).min(1) });
