import { thinCapability } from "../demo/dovecot/options.ts";
import { corpus, ordinaryMail } from "./corpus.ts";
import { type Course, courses } from "./courses.ts";
import { atDistance } from "./distant.ts";
import { doveadm } from "./doveadm.ts";
import { median, speed } from "./figures.ts";
import { imapsync } from "./imapsync.ts";
import { mbsync } from "./mbsync.ts";
import type { Peer } from "./peer.ts";
import { requireCounts, requireSameMail } from "./same-mail.ts";
import { type ServerPair, startServerPair } from "./server-pair.ts";
import { type EngineRun, timeEngine } from "./time-engine.ts";

const peers: readonly Peer[] = [mbsync, doveadm, imapsync];
const rounds = 3;
/** Seconds. A peer that takes longer is run once: where it is so far behind, one run shows as much as three. */
const worthAgain = 10;

/** Measures the engine alone, in turns with its peers, each run into an empty target and its result checked. */
export const benchEngine = async (print: (line: string) => void): Promise<void> => {
  for (const { name, from } of peers.filter((peer) => !peer.isInstalled())) {
    print(`${name} is not installed (${from}): it is left out`);
  }
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
  const theirs = new Map<Peer, number[]>(
    peers.filter((peer) => peer.isInstalled()).map((peer) => [peer, []]),
  );
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await runEngine(course, servers, round === 0));
    for (const [peer, took] of theirs) {
      if ((took[0] ?? 0) < worthAgain) took.push(await runPeer(peer, course, servers));
    }
  }
  const total = course.mailboxes * course.messages;
  const own = median(ours.map(({ seconds }) => seconds));
  const cpu = (1_000 * median(ours.map(({ cpuSeconds }) => cpuSeconds))) / total;
  const memory = Math.round(median(ours.map(({ peakMegabytes }) => peakMegabytes)));
  const name = course.name.padEnd(26);
  print(`engine alone, ${name}${speed(own, total)}, ${cpu.toFixed(3)} ms of CPU each, ${memory} MB`);
  for (const [peer, seconds] of theirs) {
    const wanted = course.toReach[peer.name];
    const toReach = wanted === undefined ? "" : `   (to reach: ${wanted})`;
    const theirsThen = median(seconds);
    const ratio = (theirsThen / own).toFixed(2);
    print(`  ${peer.name.padEnd(38)}${speed(theirsThen, total)}; ratio ${ratio}${toReach}`);
  }
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

/** Peers add headers of their own, so only the counts can be the same. */
const runPeer = async (peer: Peer, course: Course, servers: ServerPair): Promise<number> => {
  const targetServer = await servers.freshTarget();
  const from = await atDistance(servers.source, course.roundTripMilliseconds);
  const to = await atDistance(targetServer, course.roundTripMilliseconds);
  const { users, directory } = servers;
  const seconds = await peer.time({
    source: from.server,
    target: to.server,
    targetServer,
    users,
    directory,
  });
  await Promise.all([from.stop(), to.stop()]);
  await requireCounts(targetServer, users, course.messages);
  return seconds;
};
