import { thinCapability } from "../demo/dovecot/options.ts";
import { comparison } from "./comparison.ts";
import { mailboxCorpus, ordinaryMail } from "./corpus.ts";
import { type EngineCourse, engineCourses } from "./courses.ts";
import { doveadm } from "./doveadm.ts";
import { median, seconds, speed } from "./figures.ts";
import { imapsync } from "./imapsync.ts";
import { inTurns } from "./in-turns.ts";
import { mbsync } from "./mbsync.ts";
import type { Peer } from "./peer.ts";
import { requireCounts, requireSameMail } from "./same-mail.ts";
import { type ServerPair, startServerPair } from "./server-pair.ts";
import type { Spent } from "./spent.ts";
import { timeEngine } from "./time-engine.ts";

const peers: readonly Peer[] = [mbsync, doveadm, imapsync];

/**
 * Measures the engine alone, from plan to verification, in turns with its peers, each run into an empty target and its result checked. What
 * the engine's own copying takes is told beside it: its peers do not compare what they have copied.
 */
export const benchEngine = async (print: (line: string) => void): Promise<void> => {
  for (const { name, from } of peers.filter((peer) => !peer.isInstalled())) {
    print(`${name} is not installed (${from}): it is left out`);
  }
  for (const course of engineCourses) {
    const target = course.isThin ? { capability: thinCapability } : {};
    const servers = await startServerPair(
      course.mailboxes,
      (user) => mailboxCorpus(user, course, ordinaryMail),
      target,
    );
    try {
      await runCourse(course, servers, print);
    } finally {
      await servers.stop();
    }
  }
};

const runCourse = async (course: EngineCourse, servers: ServerPair, print: (line: string) => void) => {
  const { users } = servers;
  const { ours, theirs } = await inTurns(course, servers, peers, async (ends, round) => {
    const run = await timeEngine(ends.source, ends.target, users, course.connections);
    await requireCounts(ends.targetServer, users, course);
    if (round === 0) await requireSameMail(servers.source, ends.targetServer, users);
    return run;
  });
  const total = course.mailboxes * course.messages;
  const own = median(ours.map(({ whole }) => whole.seconds));
  const cpuEach = (spent: readonly Spent[]): string => {
    const middle = (1_000 * median(spent.map(({ cpuSeconds }) => cpuSeconds))) / total;
    return `${middle.toFixed(3)} ms of CPU each`;
  };
  const memory = Math.round(median(ours.map(({ peakMegabytes }) => peakMegabytes)));
  const ofAll = cpuEach(ours.map(({ whole }) => whole));
  print(`engine alone, ${course.name.padEnd(26)}${speed(own, total)}, ${ofAll}, ${memory} MB`);
  const copied = ours.map((run) => run.copied);
  const toReach = course.isThin ? "" : "   (to reach: 0.1 ms)";
  const atTarget = seconds(median(copied.map((spent) => spent.seconds)));
  print(`  ${"of it until all is at the target".padEnd(38)}${atTarget}, ${cpuEach(copied)}${toReach}`);
  for (const runs of theirs) print(comparison(course, own, runs, course.toReach[runs.peer]));
};
