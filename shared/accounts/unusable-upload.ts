import { isMailferryError } from "../contract/errors.ts";
import { type StoredError, toStoredError } from "../contract/stored-error.ts";
import { workbookUnreadable } from "../contract/workbook-unreadable.ts";

/** What the admin can mend is the import's outcome; anything else is thrown on, and the event is tried again. */
export const whyUnusable = (thrown: unknown): StoredError => {
  if (
    isMailferryError(
      thrown,
      "WorkbookUnreadable",
      "AccountsFileGiven",
      "SheetMissing",
      "SheetRepeated",
      "ColumnMissing",
      "ColumnRepeated",
      "DirectoryUnreadable",
      "DirectoryMissing",
    )
  )
    return toStoredError(thrown);
  throw thrown;
};

/** The upload was removed, by hand or by the bucket's lifecycle, before anything of it was imported. */
export const goneBeforeRead = (file: string): StoredError =>
  toStoredError(workbookUnreadable(file, "removed"));
