import { MailferryError } from "../../../shared/contract/errors.ts";
import type { Means } from "./means.ts";
import type { WecomReply } from "./request.ts";

/** Between tries after -1, 系统繁忙: at most three more are asked for (developer.work.weixin.qq.com/document/path/90313). */
const waits = [1_000, 2_000, 4_000];

/** Asks again while WeCom says that its system is busy. @throws WecomBusy when it still is after the last try */
export const patiently = async (
  { pause }: Means,
  call: string,
  ask: () => Promise<WecomReply>,
): Promise<WecomReply> => {
  for (const wait of waits) {
    const reply = await ask();
    if (reply.verdict.errcode !== systemBusy) return reply;
    await pause(wait);
  }
  const last = await ask();
  if (last.verdict.errcode === systemBusy) throw new MailferryError("WecomBusy", { call, code: systemBusy });
  return last;
};

const systemBusy = -1;
