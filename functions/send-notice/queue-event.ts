import { z } from "zod";

/** A message of the notices queue as Lambda's event source hands it over. */
export const NoticeRecord = z.looseObject({
  messageId: z.string(),
  receiptHandle: z.string(),
  body: z.string(),
  attributes: z.looseObject({ ApproximateReceiveCount: z.coerce.number().int().min(1) }),
});
export type NoticeRecord = z.infer<typeof NoticeRecord>;

export const NoticeQueueEvent = z.object({ Records: z.array(NoticeRecord).min(1) });
