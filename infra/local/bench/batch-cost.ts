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
/** Those that the engine alone copies in a visit each, before it copies the others in one. */
const apart = 20;
const rounds = 3;

/**
 * What a further batch costs the pipeline: the same number of messages goes through a pass in one batch and in one each, in turns, and
 * the difference is shared out among the further ones. The visit of the first one goes on to them, and then each one's own message of the
 * queue finds it copied, which is an invocation and a claim; where bytes are counted by the day, it is charged as well. The engine alone
 * does the same without any pipeline.
 */
export const benchBatch = async (print: (line: string) => void): Promise<void> => {
  const servers = await startServerPair(1, (user) =>
    mailboxCorpus(user, { messages: 10 }, { exactly: 1_000 }),
  );
  try {
    const printCost = (what: string, { further, alone }: BatchCost): void => {
      print(`a further batch ${what.padEnd(23)} ${milliseconds(further)}`);
      print(`  copying, engine alone                 ${milliseconds(alone)}`);
      print(`  the rest: SQS, state, invocation      ${milliseconds(further - alone)}   (to reach: 10 ms)`);
    };
    printCost("", await furtherBatch(servers, {}));
    printCost("counted by the day", await furtherBatch(servers, { bytesPerDay: 1_000_000_000_000 }));
  } finally {
    await servers.stop();
  }
};

const milliseconds = (value: number): string => `${(1_000 * value).toFixed(1)} ms`;

/** Seconds. */
interface BatchCost {
  readonly further: number;
  /** The engine alone, for one more in the same visit. */
  readonly alone: number;
}

/** What a further batch takes. */
const furtherBatch = async (servers: ServerPair, copy: object): Promise<BatchCost> => {
  const { source, users } = servers;
  const [user = ""] = users;
  const target = await servers.freshTarget();
  const own = await mkdtemp(join(servers.directory, "batch-"));
  const asked = {
    ...(await writeMigrationFiles(own, source, target, users, copy)),
    data: join(own, "cloud"),
    ...{ source: source.accessOf(user), target: target.accessOf(user), messages, apart },
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
  const one = median(alone.slice(0, apart));
  const together = alone[apart] ?? Number.NaN;
  return { further: (many - few) / (messages - 1), alone: (together - one) / (messages - apart - 1) };
};
