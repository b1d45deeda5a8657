import { limits } from "./limits.ts";
import type { PackageParts } from "./package-parts.ts";
import { Unreadable } from "./unreadable.ts";
import { prefixedAttribute } from "./xml.ts";

/** What the workbook's own part says: its sheets in order and where the rest lies. */
export interface WorkbookOutline {
  readonly sheets: readonly { readonly name: string; readonly part: string }[];
  readonly sharedStrings: string | null;
  readonly styles: string | null;
  /** Days count from 1904-01-01 instead of 1900 (old Macs). */
  readonly from1904: boolean;
}

/** @throws Unreadable when there is no workbook in the package */
export const readOutline = async (parts: PackageParts): Promise<WorkbookOutline> => {
  const workbook = await workbookPart(parts);
  const relationships = await parts.relationships(workbook);
  const partOf = (type: string) =>
    relationships.find((one) => one.type === type && parts.has(one.target))?.target ?? null;
  const sheets: { name: string; part: string }[] = [];
  let from1904 = false;
  let named = 0;
  await parts.read(workbook, {
    open: (element, attributes) => {
      if (element === "workbookPr") from1904 = ["1", "true"].includes(attributes.date1904 ?? "");
      if (element !== "sheet") return;
      named += 1;
      if (named > limits.parts) throw new Unreadable("tooManyParts", limits.parts);
      const id = prefixedAttribute(attributes, "id");
      const relationship = relationships.find((one) => one.id === id && one.type === "worksheet");
      // A chart or macro sheet has another type and no cells.
      if (relationship !== undefined) sheets.push({ name: attributes.name ?? "", part: relationship.target });
    },
  });
  return { sheets, sharedStrings: partOf("sharedStrings"), styles: partOf("styles"), from1904 };
};

const workbookPart = async (parts: PackageParts): Promise<string> => {
  const root = (await parts.relationships("")).find(({ type }) => type === "officeDocument");
  const name = root?.target ?? "xl/workbook.xml";
  if (name.endsWith(".bin")) throw new Unreadable("binaryWorkbook");
  if (parts.has(name) && name.startsWith("xl/")) return name;
  if (parts.has("content.xml") && parts.has("mimetype")) throw new Unreadable("openDocument");
  throw new Unreadable("noWorkbook");
};
