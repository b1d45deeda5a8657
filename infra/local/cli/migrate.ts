import "../../../functions/runtime/uncompiled-schemas.ts";
import type { MigrationIn } from "../../../shared/contract/migration.ts";
import type { MeterReadings } from "../../../shared/cost/meters.ts";
import { type MigrateArguments, migrateUsage, readMigrateArguments } from "./arguments.ts";
import { checkAccountsFile } from "./check-accounts-file.ts";
import { conduct } from "./conduct.ts";
import type { ExitStatus } from "./exit-status.ts";
import { finish } from "./finish.ts";
import { asksForHelp, tellUsage } from "./help.ts";
import { readPointedAt } from "./hold-settings.ts";
import { terminalLanguage } from "./language.ts";
import { attach, type Pipeline } from "./pipeline.ts";
import { type Progress, progressOn } from "./progress.ts";
import { readSettings } from "./read-settings.ts";
import { runCommand } from "./run-command.ts";
import { withLocalPipeline } from "./with-pipeline.ts";

/** `npm run migrate`: one real migration, unattended. */
const migrate = async (): Promise<ExitStatus> => {
  if (asksForHelp(process.argv.slice(2))) return tellUsage(migrateUsage);
  const words = readMigrateArguments(process.argv.slice(2));
  const read = await readPointedAt(await readSettings(words.settings), words.settings);
  await checkAccountsFile(words.accounts, read, words.report);
  const progress = progressOn(process.stderr);
  const startedAt = performance.now();

  const run = async (pipeline: Pipeline, readMeters: () => MeterReadings): Promise<ExitStatus> => {
    const before = readMeters();
    const order = {
      read,
      accountsFile: words.accounts,
      through: words.through,
      awaitingMx: (migration: MigrationIn<"switch">) => askForMx(migration, progress),
    };
    const conducted = await conduct(pipeline, order, progress);
    const meters = { before, after: readMeters() };
    const { accounts: accountsFile, report: reportFile, json, through } = words;
    return finish(pipeline, conducted, { startedAt, meters, through, accountsFile, reportFile, json });
  };
  return (
    elsewhere(words) ??
    withLocalPipeline(words.data, (pipeline, cloud) => run(pipeline, () => cloud.metering.readings()))
  );

  function elsewhere({ "aws-endpoint": endpoint }: MigrateArguments): Promise<ExitStatus> | undefined {
    return endpoint === undefined
      ? undefined
      : attach({ endpoint }).then((pipeline) => run(pipeline, () => ({})));
  }
};

const askForMx = async ({ domain, settings }: MigrationIn<"switch">, progress: Progress): Promise<void> => {
  const records = settings.mx.expected
    .map(({ preference, exchange }) => `${preference} ${exchange}`)
    .join(", ");
  progress.say(setMx(domain, records)[terminalLanguage()]);
};

const setMx = (domain: string, records: string) => ({
  en: `Everything is copied. Set the MX of ${domain} to exactly: ${records}. The switch begins when every name server agrees.`,
  zhCN: `邮件已全部复制。请将 ${domain} 的 MX 记录设置为且仅为：${records}。所有域名服务器一致后即开始切换。`,
});

await runCommand(migrate);
