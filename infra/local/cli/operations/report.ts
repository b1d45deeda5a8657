import { exitStatus } from "../exit-status.ts";
import { fetchReport } from "../fetch-report.ts";
import { terminalLanguage } from "../language.ts";
import { reasonsIn } from "../reasons-in.ts";
import { accountsLines, accountsShown } from "../summary.ts";
import { UnusableInput } from "../unusable-input.ts";
import { writeNew } from "../write-new.ts";
import type { Operation } from "./operation.ts";

/** How every account stands, and why. */
export const report: Operation = {
  takes: "[--out FILE.xlsx]",
  says: {
    en: "shows how every account stands, why, and what to do; with --out as a workbook too",
    zhCN: "显示每个账号的状态、原因和处理办法；--out 另存为工作簿",
  },
  options: { out: { type: "string" } },
  run: async ({ pipeline, migration }, { options, rest }) => {
    const { out } = options;
    if (rest.length > 0 || (out !== undefined && !(typeof out === "string" && out.endsWith(".xlsx"))))
      throw new UnusableInput([onlyOut[terminalLanguage()]]);
    const { document, workbook } = await fetchReport(pipeline, migration.migrationId);
    if (typeof out === "string") await writeNew(out, await workbook());
    const language = terminalLanguage();
    const told = await reasonsIn(language, pipeline, document, accountsShown);
    return { status: exitStatus.done, answer: document, sentences: accountsLines(told, language) };
  },
};

const onlyOut = {
  en: "Only --out FILE.xlsx may stand behind this command.",
  zhCN: "该命令后只能填写 --out 文件.xlsx。",
} as const;
