import { z } from "zod";
import { Verification } from "../../../shared/contract/verification.ts";
import { mailboxCorpus, ordinaryMail } from "./corpus.ts";
import { atDistance } from "./distant.ts";
import type { Amount } from "./folders.ts";
import { runProbe } from "./run-probe.ts";
import { startServerPair } from "./server-pair.ts";

const Measured = z.object({
  firstSeconds: z.number(),
  secondSeconds: z.number(),
  thirdSeconds: z.number(),
  /** The most memory the engine's process held, in megabytes (10^6 bytes). */
  peakMegabytes: z.number(),
  status: z.literal("completed"),
  verification: Verification,
});

/** How much mail, and how far away. */
export interface Course extends Amount {
  readonly roundTripMilliseconds: number;
}

/** What the engine's process may hold at most, in megabytes: the worker's share for an ordinary mailbox, and for one of 50,000 messages. */
const mayHold = { ordinary: 130, large: 256 } as const;
/** From so many messages on a mailbox is a large one. */
const large = 50_000;

/** What comes to the INBOX at the source before the last pass. */
const newMessages = 50;

/**
 * Copies and verifies one mailbox of so many ordinary messages and makes a second pass in which there is nothing to do, and a third with
 * some new mail.
 * @throws Error when a message is left over: such a run proves nothing
 */
export const benchOneMailbox = async (course: Course, print: (line: string) => void): Promise<void> => {
  const { messages, folders = 1, roundTripMilliseconds } = course;
  const servers = await startServerPair(1, (user) => mailboxCorpus(user, course, ordinaryMail));
  try {
    const [user] = servers.users;
    if (user === undefined) throw new Error("there is no mailbox to measure");
    const from = await atDistance(servers.source, roundTripMilliseconds);
    const to = await atDistance(await servers.freshTarget(), roundTripMilliseconds);
    const ends = { source: from.server.accessOf(user), target: to.server.accessOf(user) };
    const mailbox = { user, ...ends, connections: 4 };
    const measured = await runProbe("mailbox-probe", { mailbox, newMessages }, Measured);
    if (measured.verification.identical !== messages + newMessages) {
      throw new Error(
        `${measured.verification.identical} of ${messages + newMessages} messages are identical at the target`,
      );
    }
    await Promise.all([from.stop(), to.stop()]);
    const { firstSeconds, secondSeconds, thirdSeconds, peakMegabytes } = measured;
    const isNear = roundTripMilliseconds === 0;
    const where = isNear ? "loopback" : `${roundTripMilliseconds} ms`;
    const inFolders = folders === 1 ? "" : ` in ${folders} folders`;
    // What is to be reached was set for one folder.
    const toReach = (wanted: string): string => (folders === 1 ? `   (to reach: ${wanted})` : "");
    print(`${messages} messages${inFolders}, plan to verification, ${where}    ${firstSeconds.toFixed(2)} s`);
    print(
      `  pass with nothing new                 ${secondSeconds.toFixed(3)} s${toReach(isNear ? "0.1 s" : "0.25 s")}`,
    );
    print(
      `  pass with ${newMessages} new                      ${thirdSeconds.toFixed(3)} s${isNear ? "" : toReach("0.5 s")}`,
    );
    const most = messages < large ? mayHold.ordinary : mayHold.large;
    print(`  process at most                       ${Math.round(peakMegabytes)} MB${toReach(`${most} MB`)}`);
  } finally {
    await servers.stop();
  }
};
