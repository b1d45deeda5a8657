import type { Dovecot } from "../demo/dovecot/dovecot.ts";
import { corpus, ordinaryMail } from "./corpus.ts";
import { atDistance, type Reached } from "./distant.ts";
import { median, speed } from "./figures.ts";
import { mbsync } from "./mbsync.ts";
import { type ServerPair, startServerPair } from "./server-pair.ts";
import { timePipeline } from "./time-pipeline.ts";

const rounds = 3;

const courses = [
  { mailboxes: 1, messages: 5_000, roundTripMilliseconds: 0, toReach: 1.1 },
  { mailboxes: 4, messages: 5_000, roundTripMilliseconds: 0, toReach: 1.5 },
  { mailboxes: 1, messages: 2_000, roundTripMilliseconds: 20, toReach: 2.5 },
] as const;
type Course = (typeof courses)[number];

/** The whole pipeline, from the sheet to the report, in turns with mbsync, which only copies. */
export const benchPipeline = async (print: (line: string) => void): Promise<void> => {
  for (const course of courses) {
    const { mailboxes, messages, roundTripMilliseconds, toReach } = course;
    const servers = await startServerPair(mailboxes, (user) => corpus(user, messages, ordinaryMail));
    try {
      const { ours, theirs, writes } = await inTurns(servers, course);
      const total = mailboxes * messages;
      const far = roundTripMilliseconds === 0 ? "" : ` at ${roundTripMilliseconds} ms`;
      print(`${mailboxes} × ${messages}${far}, whole pipeline`.padEnd(40) + speed(median(ours), total));
      print(`  DynamoDB writes for 1,000 messages    ${writes.toFixed(1)}   (to reach: 12)`);
      if (theirs.length === 0) continue;
      const ratio = (median(theirs) / median(ours)).toFixed(2);
      const words = `${speed(median(theirs), total)}; ratio ${ratio}   (to reach: ${toReach})`;
      print(`  mbsync                                ${words}`);
    } finally {
      await servers.stop();
    }
  }
};

const inTurns = async (servers: ServerPair, { roundTripMilliseconds }: Course) => {
  const { users, directory } = servers;
  const source = await atDistance(servers.source, roundTripMilliseconds);
  const ours: number[] = [];
  const theirs: number[] = [];
  let writes = 0;
  /** Times what copies into a target of its own. */
  const intoFresh = async <Result>(
    use: (target: Dovecot, far: Reached) => Promise<Result>,
  ): Promise<Result> => {
    const target = await servers.freshTarget();
    const far = await atDistance(target, roundTripMilliseconds);
    try {
      return await use(target, far.server);
    } finally {
      await far.stop();
    }
  };
  try {
    for (let round = 0; round < rounds; round += 1) {
      const run = await intoFresh((target, far) =>
        timePipeline(source.server, { ...far, masterUser: target.masterUser }, users, directory),
      );
      ours.push(run.seconds);
      writes = run.writesPerThousand;
      if (!mbsync.isInstalled()) continue;
      const seconds = await intoFresh((targetServer, target) =>
        mbsync.time({ source: source.server, target, targetServer, users, directory }),
      );
      theirs.push(seconds);
    }
  } finally {
    await source.stop();
  }
  return { ours, theirs, writes };
};
