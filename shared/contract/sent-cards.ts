import { z } from "zod";
import { Timestamp } from "./ids.ts";

/** WeCom silently drops what is more (developer.work.weixin.qq.com/document/path/90236). */
export const cardsPerMinute = 30;
export const cardsPerHour = 1_000;

/** When cards went to one member, oldest first, as far back as the limits look. */
export const SentCards = z.strictObject({ at: z.array(Timestamp).max(cardsPerHour) });
export type SentCards = z.infer<typeof SentCards>;
