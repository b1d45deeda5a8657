import { readFile, stat } from "node:fs/promises";
import { workbookReader } from "../../../functions/adapters/excel/read-workbook.ts";
import { workbookWriter } from "../../../functions/adapters/excel/write-workbook.ts";
import type { Directory } from "../../../shared/accounts/directory.ts";
import { errorsWorkbook } from "../../../shared/accounts/errors-workbook.ts";
import { planAccounts } from "../../../shared/accounts/plan-accounts.ts";
import { readUpload, workbookBytesAtMost } from "../../../shared/accounts/read-upload.ts";
import { isMailferryError } from "../../../shared/contract/errors.ts";
import { MemberId } from "../../../shared/contract/ids.ts";
import { workbookUnreadable } from "../../../shared/contract/workbook-unreadable.ts";
import { type RowError, rowSentence } from "../../../shared/spreadsheet/row-errors.ts";
import { cannotRead } from "./cannot-read.ts";
import type { ReadSettings } from "./hold-settings.ts";
import { terminalLanguage } from "./language.ts";
import { printable } from "./printable.ts";
import { noRow } from "./refuse-unusable-import.ts";
import { saveErrors } from "./save-errors.ts";
import { UnusableInput } from "./unusable-input.ts";

/**
 * Reads the workbook and the directory exactly as the import will, before anything is started or uploaded.
 * When no row can be used, the rows are saved with their reasons as after an import.
 *
 * @throws UnusableInput saying what is wrong with which file, sheet, column or, when none of them can be used, rows
 */
export const checkAccountsFile = async (
  file: string,
  { settings, directory }: ReadSettings,
  reportFile?: string,
): Promise<void> => {
  try {
    const bytes = settings.directory.kind === "wecom" ? new TextEncoder().encode("[]") : directory;
    const app = { objects: { read: async () => bytes }, workbooks: workbookReader };
    const place = settings.directory.kind === "wecom" ? nowhere : { path: "", ...settings.directory };
    const upload = await readUpload(app, await readBounded(file), file, place);
    const context = {
      domain: settings.domain,
      directory: place === nowhere ? everybody : upload.directory,
    };
    const { fresh, errors } = planAccounts(upload.workbook, new Map(), context);
    if (fresh.length > 0) return;
    if (errors.length > 0) {
      const sheets = errorsWorkbook({
        workbook: upload.workbook,
        isDirectoryTheirs: place.kind === "sheet",
        ...context,
        errors,
      });
      const told = await saveErrors(await workbookWriter.write(sheets), file, reportFile);
      process.stderr.write(`${printable(told)}\n`);
    }
    throw noUsableRow(file, errors);
  } catch (error) {
    if (isMailferryError(error)) throw new UnusableInput([error.in(terminalLanguage())], { cause: error });
    throw error;
  }
};

/** An empty file, which is read without a question to anybody. */
const nowhere = { kind: "file", path: "WeCom" } as const;

/** WeCom is asked by the pipeline, from the address that it trusts. Until then nobody is unknown. */
const everybody: Directory = {
  members: [],
  find: (memberId) => ({ userid: MemberId.parse(memberId), name: "", departments: [] }),
};

const readBounded = async (file: string): Promise<Uint8Array> => {
  try {
    if ((await stat(file)).size <= workbookBytesAtMost) return await readFile(file);
  } catch (error) {
    throw cannotRead(file, error);
  }
  throw workbookUnreadable(file, "tooLarge", workbookBytesAtMost / 1_048_576);
};

/** As many as a person reads; the first ones show what is wrong with all. */
const rowsShown = 20;

const noUsableRow = (file: string, errors: readonly RowError[]): UnusableInput => {
  const language = terminalLanguage();
  const shown = errors.slice(0, rowsShown).map((error) => rowSentence(error, language));
  return new UnusableInput([noRow(file)[language], ...shown]);
};
