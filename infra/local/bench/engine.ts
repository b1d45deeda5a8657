import { thinCapability } from "../demo/dovecot/options.ts";
import { corpus, ordinaryMail } from "./corpus.ts";
import { atDistance } from "./distant.ts";
import { hasMbsync, timeMbsync } from "./mbsync.ts";
import { requireCounts, requireSameMail } from "./same-mail.ts";
import { type ServerPair, startServerPair } from "./server-pair.ts";
import { type EngineRun, timeEngine } from "./time-engine.ts";

/** One comparison of the engine alone with mbsync. */
interface Course {
  readonly name: string;
  readonly mailboxes: number;
  readonly messages: number;
  readonly roundTripMilliseconds: number;
  readonly connections: number;
  readonly isThin: boolean;
  /** How many times as fast as mbsync the engine is to be; null where nothing is asked for. */
  readonly toReach: number | null;
}

const usual = { mailboxes: 1, roundTripMilliseconds: 0, connections: 4, isThin: false } as const;
const courses: readonly Course[] = [
  { ...usual, name: "one mailbox, loopback", messages: 5_000, toReach: 1.4 },
  { ...usual, name: "four mailboxes, loopback", mailboxes: 4, messages: 2_500, toReach: 2 },
  { ...usual, name: "one mailbox, 20 ms", messages: 2_000, roundTripMilliseconds: 20, toReach: 4 },
  { ...usual, name: "thin target, loopback", messages: 2_000, connections: 16, isThin: true, toReach: null },
  {
    ...usual,
    name: "thin target, 20 ms",
    messages: 500,
    roundTripMilliseconds: 20,
    connections: 16,
    isThin: true,
    toReach: null,
  },
];
const rounds = 3;

/** Measures the engine alone, in turns with mbsync, each run into an empty target and its result checked. */
export const benchEngine = async (print: (line: string) => void): Promise<void> => {
  for (const course of courses) {
    const target = course.isThin ? { capability: thinCapability } : {};
    const servers = await startServerPair(
      course.mailboxes,
      (user) => corpus(user, course.messages, ordinaryMail),
      target,
    );
    try {
      await runCourse(course, servers, print);
    } finally {
      await servers.stop();
    }
  }
};

const runCourse = async (course: Course, servers: ServerPair, print: (line: string) => void) => {
  const ours: EngineRun[] = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await runEngine(course, servers, round === 0));
    if (hasMbsync()) theirs.push(await runMbsync(course, servers));
  }
  const total = course.mailboxes * course.messages;
  const own = median(ours.map(({ seconds }) => seconds));
  const cpu = (1_000 * median(ours.map(({ cpuSeconds }) => cpuSeconds))) / total;
  const memory = Math.round(median(ours.map(({ peakMegabytes }) => peakMegabytes)));
  print(
    `engine alone, ${course.name.padEnd(26)}${speed(own, total)}, ${cpu.toFixed(2)} ms of CPU each, ${memory} MB`,
  );
  if (theirs.length === 0) {
    print("  mbsync is not installed (Debian package isync): nothing to compare with");
    return;
  }
  const peer = median(theirs);
  const toReach = course.toReach === null ? "" : `   (to reach: ${course.toReach})`;
  print(
    `  mbsync                                ${speed(peer, total)}; ratio ${(peer / own).toFixed(2)}${toReach}`,
  );
};

const runEngine = async (course: Course, servers: ServerPair, isCompared: boolean): Promise<EngineRun> => {
  const target = await servers.freshTarget();
  const from = await atDistance(servers.source, course.roundTripMilliseconds);
  const to = await atDistance(target, course.roundTripMilliseconds);
  const run = await timeEngine(from.server, to.server, servers.users, course.connections);
  await Promise.all([from.stop(), to.stop()]);
  await requireCounts(target, servers.users, course.messages);
  if (isCompared) await requireSameMail(servers.source, target, servers.users);
  return run;
};

/** mbsync adds a header to every message, so only the counts can be the same. */
const runMbsync = async (course: Course, servers: ServerPair): Promise<number> => {
  const target = await servers.freshTarget();
  const from = await atDistance(servers.source, course.roundTripMilliseconds);
  const to = await atDistance(target, course.roundTripMilliseconds);
  const seconds = await timeMbsync(from.server, to.server, servers.users, servers.directory);
  await Promise.all([from.stop(), to.stop()]);
  await requireCounts(target, servers.users, course.messages);
  return seconds;
};

const speed = (seconds: number, messages: number): string =>
  `${seconds.toFixed(2)} s, ${Math.round(messages / seconds)} messages/s`;

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
