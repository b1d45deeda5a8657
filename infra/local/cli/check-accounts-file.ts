import { readFile, stat } from "node:fs/promises";
import { workbookReader } from "../../../functions/adapters/excel/read-workbook.ts";
import { planAccounts } from "../../../shared/accounts/plan-accounts.ts";
import { readUpload, workbookBytesAtMost } from "../../../shared/accounts/read-upload.ts";
import { isMailferryError, MailferryError } from "../../../shared/contract/errors.ts";
import { type RowError, rowSentence } from "../../../shared/spreadsheet/row-errors.ts";
import type { ReadSettings } from "./hold-settings.ts";
import { terminalLanguage } from "./language.ts";
import { UnusableInput } from "./unusable-input.ts";

/**
 * Reads the workbook and the directory exactly as the import will, before anything is started or uploaded.
 * @throws UnusableInput saying what is wrong with which file, sheet, column or, when none of them can be used, rows
 */
export const checkAccountsFile = async (
  file: string,
  { settings, directory }: ReadSettings,
): Promise<void> => {
  try {
    const app = { objects: { read: async () => directory }, workbooks: workbookReader };
    const upload = await readUpload(app, await readBounded(file), file, settings);
    const plan = planAccounts(upload.workbook, new Map(), {
      domain: settings.domain,
      directory: upload.directory,
    });
    if (plan.fresh.length === 0) throw noUsableRow(file, plan.errors);
  } catch (error) {
    if (isMailferryError(error)) throw new UnusableInput([error.in(terminalLanguage())], { cause: error });
    throw error;
  }
};

const readBounded = async (file: string): Promise<Uint8Array> => {
  try {
    if ((await stat(file)).size <= workbookBytesAtMost) return await readFile(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MailferryError("WorkbookUnreadable", { file, reason }, { cause: error });
  }
  throw new MailferryError("WorkbookUnreadable", {
    file,
    reason: `it is larger than ${workbookBytesAtMost / 1_048_576} MiB`,
  });
};

/** As many as a person reads; the first ones show what is wrong with all. */
const rowsShown = 20;

const noUsableRow = (file: string, errors: readonly RowError[]): UnusableInput => {
  const language = terminalLanguage();
  const shown = errors.slice(0, rowsShown).map((error) => rowSentence(error, language));
  return new UnusableInput([`${file}: no row can be used.`, ...shown]);
};
