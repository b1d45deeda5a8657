import ExcelJS from "exceljs";
import { describe, expect, it } from "vitest";
import { workbookWriter } from "../../functions/adapters/excel/write-workbook.ts";
import type { CellContent, SheetContent } from "../../shared/ports/workbook-writer.ts";
import { readSheets } from "../support/read-sheets.ts";

async function* each<Item>(items: Iterable<Item>): AsyncGenerator<Item> {
  yield* items;
}

const sheet = (name: string, rows: Iterable<readonly (string | number)[]>): SheetContent => ({
  name,
  columns: [
    { header: "文本 / Text", width: 30 },
    { header: "数 / Number", width: 12 },
  ],
  rows: each(rows),
});
const written = async (sheets: readonly SheetContent[]) => {
  const bytes = await workbookWriter.write(sheets);
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  return { bytes, workbook };
};

describe("writing a workbook", () => {
  it("gives the sheets in order with their rows, readable by our reader and by exceljs", async () => {
    const { bytes, workbook } = await written([sheet("一", [["甲", 1]]), sheet("二", [["00123", 20]])]);
    const read = await readSheets(bytes, "report.xlsx");
    expect(read.map(({ name, rows }) => [name, rows.map(({ cells }) => cells)])).toEqual([
      [
        "一",
        [
          ["文本 / Text", "数 / Number"],
          ["甲", "1"],
        ],
      ],
      [
        "二",
        [
          ["文本 / Text", "数 / Number"],
          ["00123", "20"],
        ],
      ],
    ]);
    expect(workbook.getWorksheet("二")?.getCell("A2").value).toBe("00123");
    expect(workbook.getWorksheet("二")?.getCell("B2").value).toBe(20);
  });

  it("freezes a bold header, gives the columns their widths and formats text as text", async () => {
    const { workbook } = await written([sheet("一", [["甲", 1234]])]);
    const first = workbook.getWorksheet("一");
    expect(first?.views).toMatchObject([{ state: "frozen", ySplit: 1 }]);
    expect(first?.getCell("A1").font).toMatchObject({ bold: true });
    expect(first?.getColumn(1).width).toBe(30);
    expect([first?.getCell("A2").numFmt, first?.getCell("B2").numFmt]).toEqual(["@", "#,##0"]);
  });

  it.each(["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"])("defuses %j", async (text) => {
    const { workbook } = await written([sheet("一", [[text, 1]])]);
    const cell = workbook.getWorksheet("一")?.getCell("A2");
    expect(cell?.type).toBe(ExcelJS.ValueType.String);
    expect(cell?.text.startsWith("'")).toBe(true);
  });

  it("leaves numbers below zero and ordinary text alone", async () => {
    const { workbook } = await written([sheet("一", [["a=1", -1]])]);
    expect(workbook.getWorksheet("一")?.getCell("A2").value).toBe("a=1");
    expect(workbook.getWorksheet("一")?.getCell("B2").value).toBe(-1);
  });

  it("drops what XML cannot hold and cuts what a cell cannot", async () => {
    const { workbook } = await written([
      sheet("一", [
        ["a\u0000b\u001f\ud800c", 1],
        ["x".repeat(40_000), 2],
      ]),
    ]);
    expect(workbook.getWorksheet("一")?.getCell("A2").value).toBe("ab\ufffdc");
    expect(workbook.getWorksheet("一")?.getCell("A3").text.length).toBe(32_767);
  });

  it("marks cells with their reasons, also where they are empty, and keeps their text format", async () => {
    const row = [{ text: "=x", mark: "wrong", note: "不对 / Wrong" } as const, 1] as const;
    const empty = [{ text: "", mark: "added", note: "请填写 / Fill in" } as const, 2] as const;
    const { workbook } = await written([
      { ...sheet("一", []), rows: each<readonly CellContent[]>([row, empty]) },
    ]);
    const cells = ["A2", "A3"].map((at) => workbook.getWorksheet("一")?.getCell(at));
    expect(cells.map((cell) => [cell?.text, cell?.numFmt, cell?.fill.type])).toEqual([
      ["'=x", "@", "pattern"],
      ["", "@", "pattern"],
    ]);
    expect(JSON.stringify(cells.map((cell) => cell?.note))).toMatch(/不对 \/ Wrong.*请填写 \/ Fill in/);
  });

  it("refuses to offer choices from a sheet that is not there", async () => {
    const choices = { sheet: "二", column: 0, rows: 1, warning: "?" };
    const columns = [{ header: "一", width: 10, choices }];
    await expect(workbookWriter.write([{ name: "一", columns, rows: each([]) }])).rejects.toThrow("二");
  });

  it("passes on what goes wrong with the rows", async () => {
    const failing = (async function* () {
      yield ["a", 1] as const;
      await Promise.reject(new Error("the store is gone"));
    })();
    await expect(workbookWriter.write([{ ...sheet("一", []), rows: failing }])).rejects.toThrow(
      "the store is gone",
    );
  });
});
