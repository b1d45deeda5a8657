import type { EndedImportRun } from "../../../shared/contract/import-run.ts";
import { storedSentence } from "../../../shared/contract/stored-error.ts";
import { rowSentence } from "../../../shared/spreadsheet/row-errors.ts";
import { terminalLanguage } from "./language.ts";
import { UnusableInput } from "./unusable-input.ts";

/** Lets an import pass that brought at least one account. @throws UnusableInput with the workbook's or every row's reason */
export const refuseUnusableImport = (run: EndedImportRun, file: string): EndedImportRun => {
  const language = terminalLanguage();
  if (run.outcome === "unusable") throw new UnusableInput([storedSentence(run.error, language)]);
  if (run.created + run.unchanged > 0) return run;
  throw new UnusableInput([
    `${file}: no row can be used.`,
    ...run.errors.map((error) => rowSentence(error, language)),
  ]);
};
