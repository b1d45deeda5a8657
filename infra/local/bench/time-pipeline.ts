import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import exceljs from "exceljs";
import { z } from "zod";
import type { Dovecot } from "../demo/dovecot/dovecot.ts";
import type { Reached } from "./distant.ts";

const Probed = z.object({
  seconds: z.number(),
  copied: z.number(),
  messages: z.number().positive(),
  megabytesBefore: z.number().positive(),
  megabytesAtMost: z.number().positive(),
  writes: z.number(),
});

/** What one run through the whole local pipeline took. */
export interface PipelineRun {
  /** From the settings to the report; the boot is not part of it. */
  readonly seconds: number;
  readonly messages: number;
  /** Memory of the process when copying began, in megabytes: the local cloud with its functions loaded. */
  readonly megabytesBefore: number;
  /** The most memory it held from then on; the local cloud and all its workers live in it. */
  readonly megabytesAtMost: number;
  /** DynamoDB writes for 1,000 messages. */
  readonly writesPerThousand: number;
}

type Target = Reached & Pick<Dovecot, "masterUser">;

/** Moves the mailboxes through the whole pipeline, from sheet to report, in a process and a data directory of its own. */
export const timePipeline = async (
  source: Reached,
  target: Target,
  users: readonly string[],
  directory: string,
): Promise<PipelineRun> => {
  const own = await mkdtemp(join(directory, "pipeline-"));
  const settingsFile = join(own, "migration.json");
  await writeFile(settingsFile, JSON.stringify(settingsFor(source, target, users)), { mode: 0o600 });
  const accountsFile = join(own, "accounts.xlsx");
  await writeWorkbook(accountsFile, source, users);
  const words = ["--settings", settingsFile, "--accounts", accountsFile, "--data", join(own, "cloud")];
  const child = spawn(process.execPath, [join(import.meta.dirname, "pipeline-probe.ts"), ...words], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [printed, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  if (code !== 0) throw new Error(`the migration ended with ${String(code)}`);
  const { copied, writes, ...run } = Probed.parse(JSON.parse(printed));
  if (copied !== run.messages)
    throw new Error(`${copied} of ${run.messages} messages were copied: this run proves nothing`);
  return { ...run, writesPerThousand: (1_000 * writes) / run.messages };
};

const settingsFor = (source: Reached, target: Target, [user = ""]: readonly string[]) => {
  const server = (reached: Reached) => {
    const { host, port } = reached.accessOf(user);
    return { host, port, tls: "none" };
  };
  const { masterUser } = target;
  return {
    domain: "example.test",
    source: server(source),
    target: {
      kind: "imap",
      ...server(target),
      auth: { kind: "master", user: masterUser?.user, password: masterUser?.password },
    },
    mx: { resolvers: ["127.0.0.1:9"], authoritative: ["127.0.0.1:9"] },
  };
};

const writeWorkbook = async (file: string, source: Reached, users: readonly string[]): Promise<void> => {
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
