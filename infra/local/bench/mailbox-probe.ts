import { z } from "zod";
import { FolderPath } from "../../../shared/contract/ids.ts";
import type { MailboxEnd } from "../../../shared/copy/complete-mailbox.ts";
import { MailboxAlone, now, visitsAlone, within } from "./visit-alone.ts";

/**
 * A process of its own, so that time and memory are the engine's alone: makes three passes over one mailbox, with new mail before the
 * last, and prints what they took.
 */
const { mailbox, newMessages } = z
  .object({ mailbox: MailboxAlone, newMessages: z.number() })
  .parse(JSON.parse(process.argv[2] ?? ""));

const makePass = visitsAlone(mailbox);

const timed = async (number: number): Promise<{ readonly seconds: number; readonly end: MailboxEnd }> => {
  const started = performance.now();
  const end = await makePass(number);
  return { seconds: (performance.now() - started) / 1_000, end };
};

let peak = 0;
const watching = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 20);
const first = await timed(1);
const second = await timed(2);
await within(mailbox, async ({ source }) => {
  const messages = Array.from({ length: newMessages }, (_, index) => ({
    raw: new TextEncoder().encode(`Subject: new ${index}\r\n\r\n${"new mail\r\n".repeat(500)}`),
    flags: [],
    internalDate: now(),
  }));
  await source.append(FolderPath.parse("INBOX"), messages);
});
const third = await timed(3);
clearInterval(watching);
process.stdout.write(
  `${JSON.stringify({
    firstSeconds: first.seconds,
    secondSeconds: second.seconds,
    peakMegabytes: peak / 1_000_000,
    thirdSeconds: third.seconds,
    status: third.end.state.status,
    verification: third.end.totals?.verification,
  })}\n`,
);
