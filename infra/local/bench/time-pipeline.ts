import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import exceljs from "exceljs";
import { synthesise } from "../../synth.ts";
import { conduct } from "../cli/conduct.ts";
import { fetchReport } from "../cli/fetch-report.ts";
import { readPointedAt } from "../cli/hold-settings.ts";
import { attach } from "../cli/pipeline.ts";
import { progressOn } from "../cli/progress.ts";
import { readSettings } from "../cli/read-settings.ts";
import { bootLocalCloud } from "../cloud.ts";
import type { Dovecot } from "../demo/dovecot/dovecot.ts";

/** What one run through the whole local pipeline took. */
export interface PipelineRun {
  /** From the settings to the report; the boot is not part of it. */
  readonly seconds: number;
  readonly messages: number;
  /** The most memory the process held, in megabytes; the local cloud and all its workers live in it. */
  readonly peakMegabytes: number;
  /** DynamoDB writes for 1,000 messages. */
  readonly writesPerThousand: number;
}

/** Moves the mailboxes through the whole pipeline, from sheet to report, in a data directory of its own. */
export const timePipeline = async (
  source: Dovecot,
  target: Dovecot,
  users: readonly string[],
  directory: string,
): Promise<PipelineRun> => {
  const own = await mkdtemp(join(directory, "pipeline-"));
  const settingsFile = join(own, "migration.json");
  await writeFile(settingsFile, JSON.stringify(settingsFor(source, target)), { mode: 0o600 });
  const accountsFile = join(own, "accounts.xlsx");
  await writeWorkbook(accountsFile, source, users);
  const cloud = await bootLocalCloud({
    assembly: await synthesise(),
    dataDir: join(own, "cloud"),
    scheduleEverySeconds: 1,
  });
  let peak = 0;
  const watching = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 20);
  try {
    const { endpoint, region, credentials } = cloud;
    const pipeline = await attach({ endpoint, region, credentials });
    const read = await readPointedAt(await readSettings(settingsFile), settingsFile);
    const silent = progressOn({ write: () => true });
    const started = performance.now();
    const { migrationId } = await conduct(
      pipeline,
      { read, accountsFile, through: "history", awaitingMx: async () => {} },
      silent,
    );
    const { document } = await fetchReport(pipeline, migrationId);
    const seconds = (performance.now() - started) / 1_000;
    const { copied, source: messages } = document.messages;
    if (copied !== messages)
      throw new Error(`${copied} of ${messages} messages were copied: this run proves nothing`);
    const writes = cloud.metering.readings().dynamodbWrites;
    return {
      seconds,
      messages,
      peakMegabytes: peak / 1_000_000,
      writesPerThousand: (1_000 * writes) / messages,
    };
  } finally {
    clearInterval(watching);
    await cloud.stop();
  }
};

const settingsFor = (source: Dovecot, target: Dovecot) => ({
  domain: "example.test",
  source: { host: source.host, port: source.port, tls: "none" },
  target: {
    kind: "imap",
    host: target.host,
    port: target.port,
    tls: "none",
    auth: { kind: "master", user: target.masterUser?.user, password: target.masterUser?.password },
  },
  mx: { resolvers: ["127.0.0.1:9"], authoritative: ["127.0.0.1:9"] },
});

const writeWorkbook = async (file: string, source: Dovecot, users: readonly string[]): Promise<void> => {
  const workbook = new exceljs.Workbook();
  const members = workbook.addWorksheet("Members");
  members.addRow(["原邮箱地址", "企业微信成员账号", "原邮箱密码"]);
  const directory = workbook.addWorksheet("Directory");
  directory.addRow(["企业邮箱", "账号", "姓名"]);
  for (const [index, user] of users.entries()) {
    members.addRow([user, `member${index}`, source.accessOf(user).password]);
    directory.addRow([user, `member${index}`, `Member ${index}`]);
  }
  await workbook.xlsx.writeFile(file);
};
