import { corpus, ordinaryMail } from "./corpus.ts";
import { median, speed } from "./figures.ts";
import { mbsync } from "./mbsync.ts";
import { type ServerPair, startServerPair } from "./server-pair.ts";
import { timePipeline } from "./time-pipeline.ts";

const rounds = 3;
const messages = 5_000;

/** The whole pipeline, from the sheet to the report, in turns with mbsync, which only copies. */
export const benchPipeline = async (print: (line: string) => void): Promise<void> => {
  for (const { mailboxes, toReach } of [
    { mailboxes: 1, toReach: 1.1 },
    { mailboxes: 4, toReach: 1.5 },
  ]) {
    const servers = await startServerPair(mailboxes, (user) => corpus(user, messages, ordinaryMail));
    try {
      const { ours, theirs, writes } = await inTurns(servers);
      const total = mailboxes * messages;
      print(`${mailboxes} × ${messages} messages, whole pipeline       ${speed(median(ours), total)}`);
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

const inTurns = async (servers: ServerPair) => {
  const { source, users, directory } = servers;
  const ours: number[] = [];
  const theirs: number[] = [];
  let writes = 0;
  for (let round = 0; round < rounds; round += 1) {
    const run = await timePipeline(source, await servers.freshTarget(), users, directory);
    ours.push(run.seconds);
    writes = run.writesPerThousand;
    if (!mbsync.isInstalled()) continue;
    const target = await servers.freshTarget();
    theirs.push(await mbsync.time({ source, target, targetServer: target, users, directory }));
  }
  return { ours, theirs, writes };
};
