import { z } from "zod";
import type { Spent } from "./spent.ts";
import { MailboxAlone, visitsAlone } from "./visit-alone.ts";

/**
 * A process of its own, so that time and memory are the engine's alone: moves the mailboxes, all at once, each from plan to verification
 * in one visit as the worker does, and prints what it took.
 */
const mailboxes = z.array(MailboxAlone).parse(JSON.parse(process.argv[2] ?? ""));

let peak = 0;
const watching = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss());
}, 20);
const cpuBefore = process.cpuUsage();
const started = performance.now();
const spent = (): Spent => {
  const { user, system } = process.cpuUsage(cpuBefore);
  return { seconds: (performance.now() - started) / 1_000, cpuSeconds: (user + system) / 1_000_000 };
};
let copied = spent();
const ends = await Promise.all(
  mailboxes.map((mailbox) => {
    const visit = visitsAlone(mailbox, () => {
      copied = spent();
    });
    return visit(1);
  }),
);
const whole = spent();
clearInterval(watching);
process.stdout.write(
  `${JSON.stringify({
    whole,
    copied,
    peakMegabytes: peak / 1_000_000,
    ends: ends.map(({ state }) => state.status),
  })}\n`,
);
