import { describe, expect, it } from "vitest";
import type { Sheet } from "../../shared/spreadsheet/workbook.ts";
import { exceljsWorkbook } from "../support/exceljs-workbook.ts";
import { inlineRows, minimalWorkbook, workbookParts } from "../support/minimal-workbook.ts";
import { readSheets } from "../support/read-sheets.ts";
import { zipFile } from "../support/zip-file.ts";

const read = (bytes: Uint8Array): Promise<readonly Sheet[]> => readSheets(bytes, "accounts.xlsx");
const cellsOf = async (bytes: Uint8Array) => (await read(bytes))[0]?.rows.map(({ cells }) => cells);

describe("reading a workbook written by exceljs", () => {
  it("gives every kind of cell as text", async () => {
    const bytes = await exceljsWorkbook({
      Kinds: [
        ["text", "  spaced  ", "王小明", "line\nbreak", "a<b>&\"'"],
        [123, 13800138000, -1.5, 0.1 + 0.2, 123456789012345],
        [true, false, { error: "#N/A" }, null, "end"],
        [{ formula: "A1&B1", result: "cached" }, { formula: "1+1", result: 2 }, { formula: "NOW()" }],
        [{ richText: [{ text: "ri" }, { text: "ch", font: { bold: true } }] }],
        [{ text: "a@yunfan.example", hyperlink: "mailto:a@yunfan.example" }],
        [new Date("2026-11-22T00:00:00Z"), new Date("2026-11-22T10:30:00Z")],
      ],
    });
    expect(await cellsOf(bytes)).toEqual([
      ["text", "  spaced  ", "王小明", "line\nbreak", "a<b>&\"'"],
      ["123", "13800138000", "-1.5", "0.3", "123456789012345"],
      ["TRUE", "FALSE", "#N/A", "", "end"],
      ["cached", "2"],
      ["rich"],
      ["a@yunfan.example"],
      ["2026-11-22", "2026-11-22T10:30:00"],
    ]);
  });

  it("gives a merged cell's text once, where the merged range begins", async () => {
    const bytes = await exceljsWorkbook(
      {
        Merged: [
          ["both", ""],
          ["x", "y"],
        ],
      },
      (workbook) => workbook.getWorksheet("Merged")?.mergeCells("A1:B1"),
    );
    expect(await cellsOf(bytes)).toEqual([["both"], ["x", "y"]]);
  });

  it("leaves out empty rows but not their numbers, and reads hidden rows and columns", async () => {
    const bytes = await exceljsWorkbook({ Gaps: [["a"], [], ["  "], ["b", "c"]] }, (workbook) => {
      const sheet = workbook.getWorksheet("Gaps");
      if (sheet === undefined) throw new Error("there is no sheet");
      sheet.getRow(4).hidden = true;
      sheet.getColumn(2).hidden = true;
    });
    expect((await read(bytes))[0]?.rows).toEqual([
      { number: 1, cells: ["a"] },
      { number: 4, cells: ["b", "c"] },
    ]);
  });

  it("reads only the sheets that are wanted, in the workbook's order", async () => {
    const bytes = await exceljsWorkbook({ One: [["1"]], Two: [["2"]], Three: [["3"]] });
    const sheets = await readSheets(bytes, "x.xlsx", (name) => name !== "Two");
    expect(sheets.map(({ name }) => name)).toEqual(["One", "Three"]);
  });

  it("keeps every Chinese character of a large file whole", async () => {
    const rows = Array.from({ length: 20_000 }, (_item, index) => [`张三李四王五${index}`, "研发部／平台组"]);
    const cells = await cellsOf(await exceljsWorkbook({ Large: rows }));
    expect(cells).toEqual(rows);
  });
});

describe("reading a workbook written by another program", () => {
  it("takes inline strings in rows and cells that do not say where they stand", async () => {
    const rows = [
      ["原邮箱地址", "成员账号"],
      ["a@yunfan.example", "m1"],
    ];
    expect(await read(minimalWorkbook({ 成员邮箱名单: rows }))).toEqual([
      {
        name: "成员邮箱名单",
        rows: [
          { number: 1, cells: rows[0] },
          { number: 2, cells: rows[1] },
        ],
      },
    ]);
  });

  it("takes namespace prefixes, absolute targets, other part names and stored parts", async () => {
    const namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const relationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    const bytes = zipFile([
      {
        name: "_rels/.rels",
        stored: true,
        content: `<p:Relationships xmlns:p="${relationships}"><p:Relationship Id="x" Type="${type}/officeDocument" Target="/xl/Workbook.xml"/></p:Relationships>`,
      },
      {
        name: "XL/workbook.xml",
        content: `<x:workbook xmlns:x="${namespace}" xmlns:q="${type}"><x:sheets><x:sheet name="S" sheetId="7" q:id="x1"/></x:sheets></x:workbook>`,
      },
      {
        name: "xl/_rels/workbook.xml.rels",
        content: `<Relationships xmlns="${relationships}"><Relationship Id="x1" Type="${type}/worksheet" Target="/xl/worksheets/data.xml"/></Relationships>`,
      },
      {
        name: "xl/worksheets/data.xml",
        content: `<x:worksheet xmlns:x="${namespace}"><x:sheetData><x:row r="3"><x:c r="B3" t="str"><x:f>1</x:f><x:v>value</x:v></x:c></x:row></x:sheetData></x:worksheet>`,
      },
    ]);
    expect(await read(bytes)).toEqual([
      { name: "S", rows: [{ number: 3, cells: ["", "value"], formulas: [1] }] },
    ]);
  });

  it("passes over phonetic guides and undoes escaped characters in shared strings", async () => {
    const strings = {
      name: "xl/sharedStrings.xml",
      type: "sharedStrings",
      content:
        '<sst><si><r><t>王</t></r><r><t xml:space="preserve">小明 </t></r><rPh sb="0" eb="1"><t>wang</t></rPh></si><si><t>a_x000D_b_x005F_x0041_</t></si></sst>',
    };
    const sheet = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>99</v></c></row>';
    expect(await cellsOf(zipFile(workbookParts({ S: sheet }, [strings])))).toEqual([
      ["王小明 ", "a\rb_x0041_"],
    ]);
  });

  it("keeps the digits of numbers as they are written", async () => {
    const sheet = "<row><c><v>00123</v></c><c><v>12345678901234567890</v></c><c><v>1.38E10</v></c></row>";
    expect(await cellsOf(zipFile(workbookParts({ S: sheet })))).toEqual([
      ["00123", "12345678901234567890", "13800000000"],
    ]);
  });

  it("counts days from 1904 where the workbook does, and knows dates by their format", async () => {
    const styles = {
      name: "xl/styles.xml",
      type: "styles",
      content:
        '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/><numFmt numFmtId="165" formatCode="[Red]&quot;days&quot; 0"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>',
    };
    const sheet = '<row><c s="0"><v>1</v></c><c s="1"><v>1</v></c><c s="2"><v>1</v></c></row>';
    const parts = workbookParts({ S: sheet }, [styles]);
    expect(await cellsOf(zipFile(parts))).toEqual([["1", "1900-01-01", "1"]]);
    const from1904 = parts.map((part) =>
      part.name === "xl/workbook.xml"
        ? { ...part, content: String(part.content).replace("<sheets>", '<workbookPr date1904="1"/><sheets>') }
        : part,
    );
    expect(await cellsOf(zipFile(from1904))).toEqual([["1", "1904-01-02", "1"]]);
  });

  it("takes UTF-16, as XML allows", async () => {
    const parts = workbookParts({ S: "" }).map((part) =>
      part.name === "xl/worksheets/sheet1.xml"
        ? {
            ...part,
            content: Buffer.from(
              `\ufeff<worksheet><sheetData>${inlineRows([["张三"]])}</sheetData></worksheet>`,
              "utf16le",
            ),
          }
        : part,
    );
    expect(await cellsOf(zipFile(parts))).toEqual([["张三"]]);
  });
});
