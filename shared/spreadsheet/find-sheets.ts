import { MailferryError } from "../contract/errors.ts";
import type { OpenSheet } from "../ports/workbook-reader.ts";
import { kindByHeaders } from "./kind-by-headers.ts";
import { type SheetKind, sheetKind } from "./sheets.ts";

/** The sheets of an upload by what they are for; those that are none of ours are not among them. */
export type FoundSheets = Readonly<Partial<Record<SheetKind, OpenSheet>>>;

/** Sheets looked into when no name tells; whoever has more has a template to go by. */
const lookedInto = 20;

/**
 * Finds the sheets by their names, and where no list of mailboxes is found so, by their headers: a `.csv` has no sheet name, and
 * many programs call the only sheet they write `Sheet1`.
 *
 * @throws SheetRepeated when two claim the same
 */
export const findSheets = async (sheets: readonly OpenSheet[], file: string): Promise<FoundSheets> => {
  const found: Partial<Record<SheetKind, OpenSheet>> = {};
  const claim = (kind: SheetKind, sheet: OpenSheet): void => {
    const other = found[kind];
    if (other !== undefined)
      throw new MailferryError("SheetRepeated", { file, sheet: other.name, other: sheet.name });
    found[kind] = sheet;
  };
  const nameless: OpenSheet[] = [];
  for (const sheet of sheets) {
    const kind = sheet.isNamed ? sheetKind(sheet.name) : null;
    if (kind === null) nameless.push(sheet);
    else claim(kind, sheet);
  }
  if (found.members !== undefined || found.publicMailboxes !== undefined) return found;
  for (const sheet of nameless.slice(0, lookedInto)) {
    const content = await sheet.read();
    const kind = kindByHeaders(content);
    if (kind !== null) claim(kind, { ...sheet, read: async () => content });
  }
  return found;
};
