import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { mailboxCorpus } from "./corpus.ts";
import { median } from "./figures.ts";
import { writeMigrationFiles } from "./migration-files.ts";
import { requireSameMail } from "./same-mail.ts";
import { type ServerPair, startServerPair } from "./server-pair.ts";

const Printed = z.object({ seconds: z.array(z.number()), alone: z.array(z.number()) });

/** New messages of a pass, and in every other pass as many batches. */
const messages = 41;
const rounds = 3;

/**
 * What a further batch costs the pipeline: the same number of messages goes through a pass in one batch and in one each, in turns, and
 * the difference is shared out among the further ones. Where bytes are counted by the day a worker copies one batch and no more, so that
 * each has a message of its own on the queue, an invocation, a claim, a slot and connections; else it goes on to the next.
 */
export const benchBatch = async (print: (line: string) => void): Promise<void> => {
  const servers = await startServerPair(1, (user) =>
    mailboxCorpus(user, { messages: 10 }, { exactly: 1_000 }),
  );
  try {
    const queued = await furtherBatch(servers, { bytesPerDay: 1_000_000_000_000 });
    const visited = await furtherBatch(servers, {});
    print(`a further batch from the queue          ${milliseconds(queued.further)}`);
    print(`  logging in and copying, engine alone  ${milliseconds(queued.alone)}`);
    const own = queued.further - queued.alone;
    print(`  the rest: SQS, state, invocation      ${milliseconds(own)}   (to reach: 10 ms)`);
    print(`a further batch of the same visit       ${milliseconds(visited.further)}`);
  } finally {
    await servers.stop();
  }
};

const milliseconds = (value: number): string => `${(1_000 * value).toFixed(1)} ms`;

/** Seconds that a further batch takes, and those that it takes the engine alone. */
const furtherBatch = async (
  servers: ServerPair,
  copy: object,
): Promise<{ readonly further: number; readonly alone: number }> => {
  const { source, users } = servers;
  const [user = ""] = users;
  const target = await servers.freshTarget();
  const own = await mkdtemp(join(servers.directory, "batch-"));
  const asked = {
    ...(await writeMigrationFiles(own, source, target, users, copy)),
    data: join(own, "cloud"),
    ...{ source: source.accessOf(user), target: target.accessOf(user), messages },
    passes: Array.from({ length: rounds }, () => [1, messages]).flat(),
  };
  const words = [join(import.meta.dirname, "batch-probe.ts"), JSON.stringify(asked)];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  const [printed, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  if (code !== 0) throw new Error(`the passes ended with ${String(code)}`);
  await requireSameMail(source, target, users);
  const { seconds, alone } = Printed.parse(JSON.parse(printed));
  const few = median(seconds.filter((_took, index) => index % 2 === 0));
  const many = median(seconds.filter((_took, index) => index % 2 === 1));
  return { further: (many - few) / (messages - 1), alone: median(alone) };
};
