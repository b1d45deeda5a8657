import { type EndedImportRun, hasBroughtAccounts } from "../../../shared/contract/import-run.ts";
import { terminalLanguage } from "./language.ts";
import { UnusableInput } from "./unusable-input.ts";
import { fileProblem, rowProblem } from "./upload-problems.ts";

/** Lets an import pass that brought at least one account. @throws UnusableInput with the workbook's or every row's reason */
export const refuseUnusableImport = (run: EndedImportRun, file: string): EndedImportRun => {
  if (run.outcome === "unusable") throw new UnusableInput([fileProblem(run.error, file)]);
  if (hasBroughtAccounts(run)) return run;
  throw new UnusableInput([
    noRow(file)[terminalLanguage()],
    ...run.errors.map((error) => rowProblem(error, file)),
  ]);
};

/** What is told of a file that brings no account at all. */
export const noRow = (file: string) => ({
  en: `${file}: no row can be used.`,
  zhCN: `${file}：没有可用的行。`,
});
