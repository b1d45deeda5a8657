import { type ZipEntry, zipFile } from "./zip-file.ts";

const relationshipNamespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packageNamespace = "http://schemas.openxmlformats.org/package/2006/relationships";
const mainNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/** The parts of a workbook that a plain program writes: sheets by name with the XML inside their `sheetData`. */
export const workbookParts = (
  sheets: Readonly<Record<string, string>>,
  extra: readonly (ZipEntry & { readonly type?: string })[] = [],
): ZipEntry[] => {
  const names = Object.keys(sheets);
  const relationships = [
    ...names.map((_name, index) => ["worksheet", `worksheets/sheet${index + 1}.xml`]),
    ...extra.flatMap(({ name, type }) => (type === undefined ? [] : [[type, `/${name}`]])),
  ];
  return [
    {
      name: "_rels/.rels",
      content: `<Relationships xmlns="${packageNamespace}"><Relationship Id="a" Type="${relationshipNamespace}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    ...names.map((name, index) => ({
      name: `xl/worksheets/sheet${index + 1}.xml`,
      content: `<?xml version="1.0"?><worksheet xmlns="${mainNamespace}"><sheetData>${sheets[name]}</sheetData></worksheet>`,
    })),
    {
      name: "xl/workbook.xml",
      content: `<workbook xmlns="${mainNamespace}" xmlns:r="${relationshipNamespace}"><sheets>${names
        .map((name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="r${index}"/>`)
        .join("")}</sheets></workbook>`,
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      content: `<Relationships xmlns="${packageNamespace}">${relationships
        .map(
          ([type, target], index) =>
            `<Relationship Id="r${index}" Type="${relationshipNamespace}/${type}" Target="${target}"/>`,
        )
        .join("")}</Relationships>`,
    },
    ...extra,
  ];
};

/** Rows of inline strings without any reference to where they stand. */
export const inlineRows = (rows: readonly (readonly string[])[]): string =>
  rows
    .map(
      (cells) => `<row>${cells.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join("")}</row>`,
    )
    .join("");

/** A whole workbook of inline strings, as a plain library writes it. */
export const minimalWorkbook = (sheets: Readonly<Record<string, readonly (readonly string[])[]>>): Buffer =>
  zipFile(
    workbookParts(Object.fromEntries(Object.entries(sheets).map(([name, rows]) => [name, inlineRows(rows)]))),
  );
