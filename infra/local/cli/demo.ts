import "../../../functions/runtime/uncompiled-schemas.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { changeMx } from "../demo/change-mx.ts";
import { startDemoCompany } from "../demo/demo-company.ts";
import { writeDemoSettings } from "../demo/demo-settings.ts";
import { demoZone } from "../demo/demo-zone.ts";
import { conduct } from "./conduct.ts";
import type { ExitStatus } from "./exit-status.ts";
import { finish } from "./finish.ts";
import { asksForHelp, tellUsage } from "./help.ts";
import { readPointedAt } from "./hold-settings.ts";
import { howToReach } from "./how-to-reach.ts";
import { terminalLanguage } from "./language.ts";
import { progressOn } from "./progress.ts";
import { readSettings } from "./read-settings.ts";
import { runCommand } from "./run-command.ts";
import { untilInterrupted } from "./until-interrupted.ts";
import { withLocalPipeline } from "./with-pipeline.ts";

/** `npm run demo`: the demo company, moved through all four phases unattended; `--keep` leaves everything up afterwards. */
const demo = async (): Promise<ExitStatus> => {
  if (asksForHelp(process.argv.slice(2)))
    return tellUsage(`npm run demo [-- --keep]\n\n${does[terminalLanguage()]}`);
  const { values } = parseArgs({ options: { keep: { type: "boolean", default: false } } });
  const directory = await mkdtemp(join(tmpdir(), "mailferry-demo-"));
  const progress = progressOn(process.stderr);
  const company = await startDemoCompany({ directory });
  try {
    return await withLocalPipeline(join(directory, "cloud"), async (pipeline, cloud) => {
      const startedAt = performance.now();
      const { domain } = company.company;
      cloud.createHostedZone(demoZone(domain));
      const settingsFile = await writeDemoSettings(directory, company, cloud.dnsAddress);
      const read = await readPointedAt(await readSettings(settingsFile), settingsFile);
      const before = cloud.metering.readings();
      const order = {
        read,
        accountsFile: company.files.accounts,
        through: "switch",
        awaitingMx: async () => {
          progress.say(setsMx(domain)[terminalLanguage()]);
          await changeMx(cloud, domain);
        },
      } as const;
      const conducted = await conduct(pipeline, order, progress);
      const meters = { before, after: cloud.metering.readings() };
      const status = await finish(pipeline, conducted, {
        through: "switch",
        startedAt,
        meters,
        accountsFile: order.accountsFile,
        reportFile: undefined,
        json: false,
      });
      if (values.keep) {
        process.stdout.write(howToReach(cloud, settingsFile, company.files.accounts));
        await untilInterrupted();
      }
      return status;
    });
  } finally {
    await company.stop();
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  }
};

const does = {
  en: "Migrates a made-up company with real mail servers on this machine through all four phases; --keep leaves the pipeline up afterwards.",
  zhCN: "在本机用真实的邮件服务器把一家演示公司完整迁移一遍（四个阶段）；--keep 结束后保持流水线运行。",
} as const;

const setsMx = (domain: string) => ({
  en: `Everything is copied. The administrator of ${domain} sets the new MX records now.`,
  zhCN: `邮件已全部复制。现在由 ${domain} 的管理员设置新的 MX 记录。`,
});

await runCommand(demo);
