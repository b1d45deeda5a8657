import { basename, extname } from "node:path";
import { type StoredError, storedSentence } from "../../../shared/contract/stored-error.ts";
import { type RowError, rowSentence } from "../../../shared/spreadsheet/row-errors.ts";
import { terminalLanguage } from "./language.ts";

/** An upload is named by its content (`accounts-0123456789abcdef`), and the only sheet of a `.csv` by its file. */
const uploadedName = /^(?:accounts|passwords)-[0-9a-f]{16}(?=\.|$)/;

/** What is wrong with a row, as it stands in the file that the person at this terminal named. */
export const rowProblem = (error: RowError, file: string): string =>
  rowSentence(
    { ...error, sheet: error.sheet.replace(uploadedName, () => basename(file, extname(file))) },
    terminalLanguage(),
  );

/** Why a file cannot be used at all, by the name the person at this terminal gave it. */
export const fileProblem = (error: StoredError, file: string): string => {
  const { file: uploaded } = error.evidence;
  const evidence =
    typeof uploaded === "string" && uploadedName.test(uploaded)
      ? { ...error.evidence, file: basename(file) }
      : error.evidence;
  return storedSentence({ ...error, evidence }, terminalLanguage());
};
