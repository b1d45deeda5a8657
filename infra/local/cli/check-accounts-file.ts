import { readFile, stat } from "node:fs/promises";
import { workbookReader } from "../../../functions/adapters/excel/read-workbook.ts";
import { readUpload, workbookBytesAtMost } from "../../../shared/accounts/read-upload.ts";
import { isMailferryError, MailferryError } from "../../../shared/contract/errors.ts";
import type { ReadSettings } from "./hold-settings.ts";
import { terminalLanguage } from "./language.ts";
import { UnusableInput } from "./unusable-input.ts";

/**
 * Reads the workbook and the directory exactly as the import will, before anything is started or uploaded.
 * @throws UnusableInput saying what is wrong with which file, sheet or column
 */
export const checkAccountsFile = async (
  file: string,
  { settings, directory }: ReadSettings,
): Promise<void> => {
  try {
    await readUpload(
      { objects: { read: async () => directory }, workbooks: workbookReader },
      await readBounded(file),
      file,
      settings,
    );
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
