import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asksForHelp, tellUsage } from "../cli/help.ts";
import { terminalLanguage } from "../cli/language.ts";
import { ensurePrograms } from "../demo/ensure-programs.ts";
import { benchBatch } from "./batch-cost.ts";
import { mailboxCorpus } from "./corpus.ts";
import { benchEngine } from "./engine.ts";
import { megabytes, seconds } from "./figures.ts";
import { benchOneMailbox } from "./large-mailbox.ts";
import { measureBoot } from "./measure-boot.ts";
import { benchPipeline } from "./pipeline.ts";
import { startServerPair } from "./server-pair.ts";
import { benchImport } from "./time-import.ts";
import { timePipeline } from "./time-pipeline.ts";

/**
 * `npm run bench`: what the pipeline takes on this machine. Machines drift, so peers are measured in the same run, in turns
 * (A B A B), and only the ratio of the medians says anything.
 */
const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const benchBoot = async (): Promise<void> => {
  const directory = await mkdtemp(join(tmpdir(), "mailferry-bench-"));
  const cold = await measureBoot(join(directory, "cold"), true);
  const warm = await measureBoot(join(directory, "warm"), false);
  const again = await measureBoot(join(directory, "warm"), false);
  await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  print(
    `boot, bundling and synthesising first   ${seconds(cold.synthSeconds + cold.bootSeconds)}   (to reach: 15 s)`,
  );
  print(
    `boot from a built assembly              ${seconds(warm.synthSeconds + warm.bootSeconds)}   (to reach: 3 s)`,
  );
  print(`boot on existing state                  ${seconds(again.synthSeconds + again.bootSeconds)}`);
  print(`idle memory                             ${megabytes(warm.idleMegabytes)}   (to reach: 250 MB)`);
};

const benchSmall = async (): Promise<void> => {
  const servers = await startServerPair(20, (user) =>
    mailboxCorpus(user, { messages: 100 }, { exactly: 2_000 }),
  );
  try {
    const run = await timePipeline(
      servers.source,
      await servers.freshTarget(),
      servers.users,
      servers.directory,
    );
    print(`20 mailboxes of 100 small messages      ${seconds(run.seconds)}   (to reach: 30 s)`);
    print(`  DynamoDB writes for 1,000 messages    ${run.writesPerThousand.toFixed(1)}`);
  } finally {
    await servers.stop();
  }
};

const benchLarge = async (): Promise<void> => {
  const servers = await startServerPair(1, (user) =>
    mailboxCorpus(user, { messages: 30 }, { exactly: 10_000_000 }),
  );
  try {
    const run = await timePipeline(
      servers.source,
      await servers.freshTarget(),
      servers.users,
      servers.directory,
    );
    const added = run.megabytesAtMost - run.megabytesBefore;
    print(`30 messages of 10 MB                    ${seconds(run.seconds)}`);
    print(`  memory of the process before copying  ${megabytes(run.megabytesBefore)}`);
    print(`  added by one copy worker at most      ${megabytes(added)}   (to reach: 256 MB)`);
  } finally {
    await servers.stop();
  }
};

const bench = async (): Promise<void> => {
  await ensurePrograms(["dovecot"]);
  await benchEngine(print);
  await benchBoot();
  await benchImport(print);
  await benchSmall();
  await benchLarge();
  await benchOneMailbox({ messages: 5_000, roundTripMilliseconds: 0 }, print);
  await benchOneMailbox({ messages: 5_000, roundTripMilliseconds: 20 }, print);
  await benchOneMailbox({ messages: 1_000, folders: 20, roundTripMilliseconds: 20 }, print);
  await benchOneMailbox({ messages: 50_000, roundTripMilliseconds: 0 }, print);
  await benchBatch(print);
  await benchPipeline(print);
};

const does = {
  en: "Measures on this machine how fast mailferry copies, boots and imports; copying in turns with mbsync, and with imapsync where it is installed. It takes some minutes.",
  zhCN: "在本机测量 mailferry 复制、启动和导入的速度；复制与 mbsync（以及已安装的 imapsync）交替对比。需要数分钟。",
} as const;

if (asksForHelp(process.argv.slice(2))) tellUsage(`npm run bench\n\n${does[terminalLanguage()]}`);
else await bench();
