import { describe, expect, it } from "vitest";
import { inlineRows, minimalWorkbook, workbookParts } from "../support/minimal-workbook.ts";
import { readSheets } from "../support/read-sheets.ts";
import { zipFile } from "../support/zip-file.ts";

const read = (bytes: Uint8Array) => readSheets(bytes, "accounts.xlsx");
const withSheetData = (data: string) => zipFile(workbookParts({ S: data }));
const megabytes = (count: number) => count * 1024 * 1024;

describe("a workbook of more than a million empty rows", () => {
  it("is read like the few rows it really has", async () => {
    const empty = '<row spans="1:5"><c s="1"/><c s="1"/><c s="1"/><c s="1"/><c s="1"/></row>';
    const bytes = withSheetData(inlineRows([["a"]]) + empty.repeat(1_048_574) + inlineRows([["z"]]));
    const [sheet] = await read(bytes);
    expect(sheet?.rows).toEqual([
      { number: 1, cells: ["a"] },
      { number: 1_048_576, cells: ["z"] },
    ]);
  });
});

describe("a sheet of 16,384 columns", () => {
  it("is read like the few cells it really has", async () => {
    const wide = `<row>${'<c s="1"/>'.repeat(16_384)}</row>`;
    const [sheet] = await read(
      withSheetData(inlineRows([["a", "b"]]) + wide.repeat(50) + inlineRows([["z"]])),
    );
    expect(sheet?.rows.map(({ number, cells }) => [number, cells])).toEqual([
      [1, ["a", "b"]],
      [52, ["z"]],
    ]);
  });
});

describe("number formats", () => {
  it("without end, and more of them than Excel takes, are passed over", async () => {
    const endless = "[".repeat(megabytes(3));
    const styles = (formats: string) =>
      zipFile(
        workbookParts({ S: '<row><c s="70000"><v>1</v></c><c s="1"><v>1</v></c></row>' }, [
          {
            name: "xl/styles.xml",
            type: "styles",
            content: `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="${endless}"/></numFmts><cellXfs>${formats}</cellXfs></styleSheet>`,
          },
        ]),
      );
    const [sheet] = await read(styles(`<xf numFmtId="164"/>${'<xf numFmtId="14"/>'.repeat(70_000)}`));
    expect(sheet?.rows).toMatchObject([{ cells: ["1", "1900-01-01"] }]);
  });
});

describe("a workbook that is odd but honest", () => {
  it("may lie in a zip with a comment behind it", async () => {
    const bytes = minimalWorkbook({ S: [["a"]] });
    const commented = Buffer.concat([bytes, Buffer.from("made by hand")]);
    commented.writeUInt16LE(12, bytes.length - 2);
    expect(await read(commented)).toMatchObject([{ rows: [{ cells: ["a"] }] }]);
  });
});
