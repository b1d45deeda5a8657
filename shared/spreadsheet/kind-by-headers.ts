import { type ColumnDefinition, directoryColumns, memberColumns, publicColumns } from "./columns.ts";
import { recognisedColumns } from "./header.ts";
import type { SheetKind } from "./sheets.ts";
import type { Sheet } from "./workbook.ts";

/**
 * What a sheet without a telling name is for: the list of mailboxes whose required columns it has, of the two the one that more of its
 * headers speak of in words of their own; the directory only when it is neither, because a directory's columns are among
 * those of the members' list. Null when it is nothing of ours.
 */
export const kindByHeaders = (sheet: Sheet): SheetKind | null => {
  const members = ownWords(sheet, memberColumns);
  const publicMailboxes = ownWords(sheet, publicColumns);
  if (members !== null || publicMailboxes !== null)
    return (members ?? -1) >= (publicMailboxes ?? -1) ? "members" : "publicMailboxes";
  return ownWords(sheet, directoryColumns) === null ? null : "directory";
};

/** How many columns are recognised by words that only they may be called; null when a required one is missing. */
const ownWords = (sheet: Sheet, definitions: Readonly<Record<string, ColumnDefinition>>): number | null => {
  const found = recognisedColumns(sheet, definitions).columns;
  for (const [column, { required }] of Object.entries(definitions))
    if (required && !found.has(column)) return null;
  return [...found.values()].filter((columns) => columns.some(({ isLoose }) => !isLoose)).length;
};
