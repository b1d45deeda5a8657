import { describe, expect, it } from "vitest";
import { isMailferryError } from "../../shared/contract/errors.ts";
import { exceljsWorkbook } from "../support/exceljs-workbook.ts";
import { inlineRows, workbookParts } from "../support/minimal-workbook.ts";
import { readSheets } from "../support/read-sheets.ts";
import { type ZipEntry, zipFile } from "../support/zip-file.ts";

const read = (bytes: Uint8Array) => readSheets(bytes, "accounts.xlsx");
const refusal = (reason: RegExp) => ({
  name: "WorkbookUnreadable",
  message: expect.stringMatching(reason),
  evidence: { file: "accounts.xlsx" },
});
const good = workbookParts({ S: inlineRows([["a"]]) });
const withSheet = (entry: Partial<ZipEntry>) =>
  zipFile(good.map((part) => (part.name.includes("sheet1") ? { ...part, ...entry } : part)));
const inPart = (part: string, pattern: RegExp, change: (found: string) => string) =>
  zipFile(
    good.map((one) =>
      one.name === part ? { ...one, content: String(one.content).replace(pattern, change) } : one,
    ),
  );
const withSheetData = (data: string) => zipFile(workbookParts({ S: data }));
const compoundFile = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(4_096)]);
const encrypted = Buffer.concat([compoundFile, Buffer.from("EncryptedPackage", "utf16le")]);
const megabytes = (count: number) => count * 1024 * 1024;

describe("a hostile or mistaken upload is refused with its reason", () => {
  it.each<[string, Buffer, RegExp]>([
    ["an empty file", Buffer.alloc(0), /empty/],
    ["a .csv file", Buffer.from("原邮箱地址,账号\n"), /neither an \.xlsx workbook nor named \.csv/],
    ["an old .xls file", compoundFile, /\.xls format/],
    ["a workbook with a password", encrypted, /encrypted with a password/],
    ["a file that is too large", Buffer.alloc(megabytes(32) + 1, "PK"), /larger than 32 MB/],
    ["half a workbook", zipFile(good).subarray(0, 500), /damaged or incomplete/],
    ["a zip without a workbook", zipFile([{ name: "readme.txt", content: "x" }]), /no workbook/],
    [
      "an OpenDocument sheet",
      zipFile([
        { name: "mimetype", content: "application/vnd.oasis", stored: true },
        { name: "content.xml", content: "<x/>" },
      ]),
      /OpenDocument/,
    ],
    ["an encrypted part", withSheet({ encrypted: true }), /encrypted/],
    ["a part missing", zipFile(good.filter(({ name }) => !name.includes("sheet1"))), /missing/],
    ["a part of garbage", withSheet({ content: "not xml at all" }), /not well-formed/],
    ["a part cut short", withSheet({ content: "<worksheet><sheetData><row>" }), /not well-formed/],
    ["bytes that are no text", withSheet({ content: Buffer.from([0x3c, 0xff, 0xfe, 0x3e]) }), /damaged/],
    [
      "a part that claims to be huge",
      withSheet({ claimedBytes: megabytes(1_025) }),
      /unzip to more than 1024 MB/,
    ],
    ["a part larger than it claims", withSheet({ claimedBytes: 10 }), /larger than declared/],
    ["a part smaller than it claims", withSheet({ claimedBytes: 1_000 }), /damaged/],
    [
      "text in a far column",
      withSheetData('<row><c r="XFD1"><v>1</v></c></row>'),
      /row 1 holds text in a far column/,
    ],
    ["a cell nowhere", withSheetData('<row><c r="1A"><v>1</v></c></row>'), /no proper place/],
    ["a row nowhere", withSheetData('<row r="1e9"><c><v>1</v></c></row>'), /no proper number/],
    ["a tower of elements", withSheetData("<x>".repeat(200) + "</x>".repeat(200)), /nested too deeply/],
    [
      "an endless text",
      withSheetData(`<row><c t="str"><v>${"x".repeat(megabytes(5))}</v></c></row>`),
      /too long/,
    ],
    [
      "a text pieced together beyond what a cell takes",
      withSheetData(
        `<row><c t="inlineStr"><is>${`<r><t>${"x".repeat(1_000)}</t></r>`.repeat(40)}</is></c></row>`,
      ),
      /too long/,
    ],
    [
      "one long text in a great many cells",
      zipFile(
        workbookParts({ S: '<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>'.repeat(4_000) }, [
          {
            name: "xl/sharedStrings.xml",
            type: "sharedStrings",
            content: `<sst><si><t>${"x".repeat(32_000)}</t></si></sst>`,
          },
        ]),
      ),
      /too much text/,
    ],
    [
      "a shared-strings bomb",
      zipFile(
        workbookParts({ S: inlineRows([["a"]]) }, [
          {
            name: "xl/sharedStrings.xml",
            type: "sharedStrings",
            content: `<sst>${"<si/>".repeat(2_000_001)}</sst>`,
          },
        ]),
      ),
      /more than 2000000 texts/,
    ],
    [
      "shared strings too large to hold",
      zipFile(
        workbookParts({ S: inlineRows([["a"]]) }, [
          {
            name: "xl/sharedStrings.xml",
            type: "sharedStrings",
            content: "<sst/>",
            claimedBytes: megabytes(97),
          },
        ]),
      ),
      /unzip to too much/,
    ],
    [
      "a part that stands in it twice",
      zipFile([...good, { name: "XL/worksheets/Sheet1.xml", content: "<worksheet/>" }]),
      /stands in it twice/,
    ],
    [
      "a path that leads out of it",
      zipFile(
        good.map((part) => ({
          ...part,
          content: String(part.content).replace("worksheets/sheet1.xml", "../../../../etc/passwd"),
        })),
      ),
      /part etc\/passwd is missing/,
    ],
    [
      "too many parts",
      zipFile(Array.from({ length: 10_001 }, (_item, index) => ({ name: `${index}`, content: "" }))),
      /10000 parts/,
    ],
    [
      "one sheet under too many names",
      inPart("xl/workbook.xml", /<sheet .*\/>/, (sheet) => sheet.repeat(10_001)),
      /10000 parts/,
    ],
    [
      "too many relationships",
      inPart("xl/_rels/workbook.xml.rels", /<Relationship .*\/>/, (one) => one.repeat(10_001)),
      /10000 parts/,
    ],
    [
      "a binary workbook",
      zipFile(
        good.map((part) =>
          part.name === "_rels/.rels"
            ? { ...part, content: String(part.content).replace("workbook.xml", "workbook.bin") }
            : part,
        ),
      ),
      /\.xlsb/,
    ],
    ["too many rows", withSheetData("<row><c><v>1</v></c></row>".repeat(250_001)), /250000 rows/],
  ])("%s", async (_what, bytes, reason) => {
    await expect(read(bytes)).rejects.toMatchObject(refusal(reason));
  });

  it("entities of its own, in this file or outside, are never expanded", async () => {
    const bomb =
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>';
    for (const entity of ["&b;", "&f;"]) {
      const content = `${bomb}<worksheet><sheetData><row><c t="str"><v>${entity}</v></c></row></sheetData></worksheet>`;
      await expect(read(withSheet({ content }))).rejects.toMatchObject(refusal(/undefined entity/));
    }
  });

  it("a zip bomb is refused before it is unzipped", async () => {
    const bomb = zipFile(workbookParts({ S: " ".repeat(megabytes(4)) }));
    const claimed = zipFile(
      Array.from({ length: 300 }, (_item, index) => ({
        name: `xl/worksheets/sheet${index}.xml`,
        content: " ".repeat(1_000),
        claimedBytes: megabytes(4),
      })),
    );
    expect(bomb.length).toBeLessThan(10_000);
    await expect(read(claimed)).rejects.toMatchObject(refusal(/unzip to more than 1024 MB/));
  });

  it("any truncation or flipped byte is either read or refused, never a crash", async () => {
    const bytes = Buffer.from(
      await exceljsWorkbook({ 成员邮箱名单: [["原邮箱地址"], ["a@yunfan.example"]] }),
    );
    for (let index = 0; index < bytes.length; index += 7) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(bytes.readUInt8(index) ^ 0xff, index);
      for (const hostile of [flipped, bytes.subarray(0, index)]) {
        const outcome = await read(hostile).then(
          () => "read",
          (error: unknown) => (error instanceof Error ? error.name : "?"),
        );
        expect(["read", "WorkbookUnreadable"]).toContain(outcome);
      }
    }
  });
});

describe("why an upload is refused", () => {
  it("is said in Chinese to whoever reads Chinese, detail and all", async () => {
    const refused = async (bytes: Uint8Array): Promise<string> => {
      const error: unknown = await read(bytes).catch((thrown: unknown) => thrown);
      if (!isMailferryError(error)) throw new Error("it was not refused");
      return error.in("zhCN");
    };
    expect(await refused(encrypted)).toContain("文件已用密码加密");
    expect(await refused(withSheetData("<row><c><v>1</v></c></row>".repeat(250_001)))).toContain(
      "内容超过 250000 行",
    );
  });
});
