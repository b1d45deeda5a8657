import { workbookParts } from "./minimal-workbook.ts";
import { type ZipEntry, zipFile } from "./zip-file.ts";

/** Sheets by name, each a list of rows of plain texts. */
export type PlainSheets = Readonly<Record<string, readonly (readonly string[])[]>>;

/** The same sheets as one program or another writes them, part by part, with what it puts around them. */
export type Program = (sheets: PlainSheets) => Buffer;

const column = (index: number): string => String.fromCharCode(65 + index);
const escaped = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replaceAll("\r", "_x000D_");

type CellForm = (text: string, reference: string) => string;

const rowsOf = (
  rows: readonly (readonly string[])[],
  form: CellForm,
  attributes = (row: number) => ` r="${row}"`,
) =>
  rows
    .map(
      (cells, row) =>
        `<row${attributes(row + 1)}>${cells.map((text, index) => form(text, `${column(index)}${row + 1}`)).join("")}</row>`,
    )
    .join("");

/** Every text once, in the order in which cells first mention it, as all but the plainest programs keep them. */
const sharing = (sheets: PlainSheets) => {
  const texts = [...new Set(Object.values(sheets).flat(2))];
  return {
    numberOf: (text: string) => texts.indexOf(text),
    part: (item: (text: string, index: number) => string): ZipEntry & { readonly type: string } => ({
      name: "xl/sharedStrings.xml",
      type: "sharedStrings",
      content: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="${texts.length}" uniqueCount="${texts.length}">${texts.map(item).join("")}</sst>`,
    }),
  };
};

const within = (sheets: PlainSheets, data: (rows: readonly (readonly string[])[]) => string) =>
  Object.fromEntries(Object.entries(sheets).map(([name, rows]) => [name, data(rows)]));

/** Rewrites a part that was made plain. */
const amended = (parts: readonly ZipEntry[], name: RegExp, change: (content: string) => string): ZipEntry[] =>
  parts.map((part) => (name.test(part.name) ? { ...part, content: change(String(part.content)) } : part));

/**
 * Excel: shared strings of which some are rich or carry a phonetic guide, formulas with their last result, links, merged and
 * hidden cells, and the furniture of extensions around them.
 */
export const excel: Program = (sheets) => {
  const { numberOf, part } = sharing(sheets);
  const rich = (text: string) =>
    `<si><r><rPr><b/><rFont val="宋体"/></rPr><t xml:space="preserve">${escaped(text.slice(0, 1))}</t></r><r><t xml:space="preserve">${escaped(text.slice(1))}</t></r><rPh sb="0" eb="1"><t>ヨミ</t></rPh><phoneticPr fontId="1"/></si>`;
  const strings = part((text, index) =>
    index % 3 === 0 ? rich(text) : `<si><t xml:space="preserve">${escaped(text)}</t></si>`,
  );
  const form: CellForm = (text, at) =>
    at.startsWith("D")
      ? `<c r="${at}" s="2" t="str"><f>CONCATENATE("${escaped(text)}","")</f><v>${escaped(text)}</v></c>`
      : `<c r="${at}" s="1" t="s"><v>${numberOf(text)}</v></c>`;
  const parts = workbookParts(
    within(sheets, (rows) =>
      rowsOf(
        rows,
        form,
        (row) => ` r="${row}" spans="1:5"${row === 2 ? ' hidden="1"' : ""} x14ac:dyDescent="0.15"`,
      ),
    ),
    [strings, { name: "xl/calcChain.xml", type: "calcChain", content: "<calcChain/>" }],
  );
  const furnished = amended(parts, /worksheets/, (content) =>
    content
      .replace("<worksheet ", '<worksheet xmlns:mc="urn:mc" xmlns:x14ac="urn:x14ac" mc:Ignorable="x14ac" ')
      .replace(
        "<sheetData>",
        '<sheetPr/><dimension ref="A1:E9"/><sheetViews><sheetView workbookViewId="0"/></sheetViews><cols><col min="3" max="3" width="0" hidden="1"/></cols><sheetData>',
      )
      .replace(
        "</sheetData>",
        '</sheetData><mergeCells count="1"><mergeCell ref="G1:H1"/></mergeCells><phoneticPr fontId="1"/><dataValidations><dataValidation sqref="B2"><formula1>x!$B$2:$B$9</formula1></dataValidation></dataValidations><hyperlinks><hyperlink ref="A2" r:id="rId1" display="mailto:x"/></hyperlinks><extLst><ext><x14:c r="A1"/></ext></extLst>',
      ),
  );
  return zipFile(
    amended(furnished, /workbook\.xml$/, (content) =>
      content.replace(
        "<sheets>",
        '<fileVersion appName="xl"/><workbookPr defaultThemeVersion="166925"/><mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath url="C:\\表"/></mc:Choice></mc:AlternateContent><sheets>',
      ),
    ),
  );
};

/** Excel's "Strict Open XML": other namespaces and relationship types all through. */
export const strictExcel: Program = (sheets) => {
  const { numberOf, part } = sharing(sheets);
  const strings = part((text) => `<si><t>${escaped(text)}</t></si>`);
  const form: CellForm = (text, at) => `<c r="${at}" t="s"><v>${numberOf(text)}</v></c>`;
  return zipFile(
    amended(
      workbookParts(
        within(sheets, (rows) => rowsOf(rows, form)),
        [strings],
      ),
      /./,
      (content) =>
        content
          .replaceAll(
            "http://schemas.openxmlformats.org/officeDocument/2006",
            "http://purl.oclc.org/ooxml/officeDocument",
          )
          .replaceAll(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
          )
          .replace("<workbook ", '<workbook conformance="strict" '),
    ),
  );
};

/** WPS: as Excel, with parts of its own, absolute targets, text with a byte order mark, and formatted cells far below and beside. */
export const wps: Program = (sheets) => {
  const { numberOf, part } = sharing(sheets);
  const strings = part((text) => `<si><t xml:space="preserve"> ${escaped(text)}　</t></si>`);
  const form: CellForm = (text, at) => `<c r="${at}" s="3" t="s"><v>${numberOf(text)}</v></c>`;
  const trailing = Array.from(
    { length: 200 },
    (_item, index) =>
      `<row r="${index + 900}"><c r="A${index + 900}" s="3"/><c r="XFD${index + 900}" s="3"/></row>`,
  ).join("");
  const parts = workbookParts(
    within(sheets, (rows) => rowsOf(rows, form) + trailing),
    [
      strings,
      { name: "xl/cellimages.xml", type: "cellImage", content: "<etc:cellImages/>" },
      {
        name: "docProps/custom.xml",
        content: "<Properties><property name='KSOProductBuildVer'/></Properties>",
      },
    ],
  );
  return zipFile(
    amended(parts, /\.xml$/, (content) => `\ufeff${content}`).map((entry) =>
      entry.name === "xl/_rels/workbook.xml.rels"
        ? {
            ...entry,
            content: String(entry.content).replaceAll('Target="worksheets', 'Target="/xl/worksheets'),
          }
        : entry,
    ),
  );
};

/** LibreOffice: says the type of everything, keeps a formula's result as `str`, and repeats formatted rows to the sheet's end. */
export const libreOffice: Program = (sheets) => {
  const { numberOf, part } = sharing(sheets);
  const strings = part((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`);
  const form: CellForm = (text, at) =>
    at.startsWith("E")
      ? `<c r="${at}" s="0" t="str"><f aca="false">T("${escaped(text)}")</f><v>${escaped(text)}</v></c>`
      : `<c r="${at}" s="0" t="s"><v>${numberOf(text)}</v></c>`;
  const end =
    '<row r="1048576" customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" collapsed="false"/>';
  return zipFile(
    workbookParts(
      within(
        sheets,
        (rows) =>
          rowsOf(rows, form, (row) => ` r="${row}" customFormat="false" ht="12.8" hidden="false"`) + end,
      ),
      [strings],
    ),
  );
};

/** Google Sheets: shared formulas, and a thousand empty rows of formatted cells. */
export const googleSheets: Program = (sheets) => {
  const { numberOf, part } = sharing(sheets);
  const strings = part((text) => `<si><t>${escaped(text)}</t></si>`);
  const form: CellForm = (text, at) =>
    at === "D2"
      ? `<c r="${at}" s="1" t="str"><f t="shared" ref="D2:D9" si="0">IFERROR(__xludf.DUMMYFUNCTION("x"),"")</f><v>${escaped(text)}</v></c>`
      : `<c r="${at}" s="1" t="s"><v>${numberOf(text)}</v></c>`;
  const empty = Array.from(
    { length: 1_000 },
    (_item, index) =>
      `<row r="${index + 50}" ht="15.75" customHeight="1"><c r="A${index + 50}" s="1"/></row>`,
  ).join("");
  return zipFile(
    workbookParts(
      within(sheets, (rows) => rowsOf(rows, form) + empty),
      [strings, { name: "xl/drawings/drawing1.xml", content: "<xdr:wsDr/>" }],
    ).map((part) => ({ ...part, streamed: true })),
  );
};

/** openpyxl: absolute targets, a type on every cell, inline strings in its write-only mode. */
export const openpyxl: Program = (sheets) => {
  const form: CellForm = (text, at) => `<c r="${at}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>`;
  return zipFile(
    amended(workbookParts(within(sheets, (rows) => rowsOf(rows, form))), /rels$/, (content) =>
      content
        .replaceAll('Target="worksheets', 'Target="/xl/worksheets')
        .replaceAll('Target="xl/', 'Target="/xl/'),
    ),
  );
};

/** Programs over the Open XML SDK: every element with a prefix, plain texts as if they were results, and no places at all. */
export const openXmlSdk: Program = (sheets) => {
  const form: CellForm = (text) => `<x:c t="str"><x:v>${escaped(text)}</x:v></x:c>`;
  const parts = workbookParts(
    within(sheets, (rows) =>
      rowsOf(rows, form, () => "")
        .replaceAll("<row", "<x:row")
        .replaceAll("</row", "</x:row"),
    ),
  );
  return zipFile(
    amended(parts, /worksheets|workbook\.xml$/, (content) =>
      content
        .replaceAll("xmlns=", "xmlns:x=")
        .replace(/<(\/?)(worksheet|sheetData|workbook|sheets|sheet)(?=[\s>/])/g, "<$1x:$2"),
    ).map((part) => ({ ...part, isZip64: true })),
  );
};
