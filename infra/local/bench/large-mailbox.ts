import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { Verification } from "../../../shared/contract/verification.ts";
import { corpus, ordinaryMail } from "./corpus.ts";
import { startServerPair } from "./server-pair.ts";

const Measured = z.object({
  firstSeconds: z.number(),
  secondSeconds: z.number(),
  /** The most memory the engine's process held, in megabytes (10^6 bytes). */
  peakMegabytes: z.number(),
  status: z.literal("completed"),
  verification: Verification,
});

/** What Lambda gives Node with the worker's 512 MB: a twentieth for young objects, nine tenths for old ones. */
const heapOfWorker = ["--max-semi-space-size=25", "--max-old-space-size=460"];

/**
 * Copies and verifies one mailbox of so many ordinary messages and makes a second pass in which there is nothing to do.
 * @throws Error when a message is left over: such a run proves nothing
 */
export const benchOneMailbox = async (messages: number, print: (line: string) => void): Promise<void> => {
  const servers = await startServerPair(1, (user) => corpus(user, messages, ordinaryMail));
  try {
    const [user] = servers.users;
    if (user === undefined) throw new Error("there is no mailbox to measure");
    const target = await servers.freshTarget();
    const place = ({ host, port }: { readonly host: string; readonly port: number }) => ({ host, port });
    const { password } = servers.source.accessOf(user);
    const asked = { source: place(servers.source), target: place(target), user, password };
    const probe = join(import.meta.dirname, "mailbox-probe.ts");
    const child = spawn(process.execPath, [...heapOfWorker, probe, JSON.stringify(asked)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [printed, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
    if (code !== 0) throw new Error(`the measurement ended with ${String(code)}`);
    const measured = Measured.parse(JSON.parse(printed));
    if (measured.verification.identical !== messages) {
      throw new Error(
        `${measured.verification.identical} of ${messages} messages are identical at the target`,
      );
    }
    const { firstSeconds, secondSeconds, peakMegabytes } = measured;
    print(`${messages} messages, plan to verification    ${firstSeconds.toFixed(2)} s`);
    print(
      `  second pass with nothing new          ${secondSeconds.toFixed(3)} s   (to reach: 0.1 s for 5,000)`,
    );
    print(`  process at most                       ${Math.round(peakMegabytes)} MB   (to reach: 256 MB)`);
  } finally {
    await servers.stop();
  }
};
