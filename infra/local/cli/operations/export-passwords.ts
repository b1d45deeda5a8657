import { workbookWriter } from "../../../../functions/adapters/excel/write-workbook.ts";
import { passwordsWorkbook } from "../../../../shared/passwords/passwords-workbook.ts";
import { exitStatus } from "../exit-status.ts";
import { terminalLanguage } from "../language.ts";
import { UnusableInput } from "../unusable-input.ts";
import { writeNew } from "../write-new.ts";
import type { Operation } from "./operation.ts";

/** 「导入原邮箱密码」, to be filled in. */
export const exportPasswords: Operation = {
  takes: "--out FILE.xlsx",
  says: {
    en: "writes the file in which passwords are given to the accounts; none is in it",
    zhCN: "导出「导入原邮箱密码」文件供填写，其中不含任何密码",
  },
  options: { out: { type: "string" } },
  run: async ({ pipeline, migration }, { options, rest }) => {
    const { out } = options;
    if (typeof out !== "string" || !out.endsWith(".xlsx") || rest.length > 0)
      throw new UnusableInput([outNeeded[terminalLanguage()]]);
    await writeNew(out, await workbookWriter.write(passwordsWorkbook(pipeline, migration.migrationId)));
    return { status: exitStatus.done, answer: { outcome: "done", file: out } };
  },
};

const outNeeded = {
  en: "--out FILE.xlsx is needed, and nothing else.",
  zhCN: "需要且只能填写 --out 文件.xlsx。",
} as const;
