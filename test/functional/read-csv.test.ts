import { describe, expect, it } from "vitest";
import { encodeGb18030 as gb18030 } from "../../infra/local/demo/company/gb18030.ts";
import { objectKeys } from "../../shared/contract/objects.ts";
import { runImport, uploaded, uploadNumbered } from "../support/import-scenario.ts";
import { exampleId, inAccounts } from "../support/migration-example.ts";
import { readSheets } from "../support/read-sheets.ts";

const table = '原邮箱地址*,企业微信成员账号*,姓名\r\na@yunfan.example,m1,"张\r\n""三"""\r\n';
const rows = [
  { number: 1, cells: ["原邮箱地址*", "企业微信成员账号*", "姓名"] },
  { number: 2, cells: ["a@yunfan.example", "m1", '张\r\n"三"'] },
];
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");
const latin1 = (text: string) => Buffer.from(text, "latin1");
/** 林志玲, and 王小明 of the 台北公司, as the rest of the Chinese-writing world used to write them. */
const big5 = (hex: string) => Buffer.from(hex, "hex");
const big5Company = big5("a4fda470a9faa578a55fa4bda571");
const rowsOf = async (bytes: Uint8Array, file = "名单.csv") => (await readSheets(bytes, file))[0]?.rows;

describe("a .csv file", () => {
  it.each<[string, Buffer]>([
    ["UTF-8", Buffer.from(table)],
    ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${table}`)],
    ["GB18030, as Excel and WPS write it in China", gb18030(table)],
    ["UTF-16, as Excel's Unicode text", utf16(table.replaceAll(",", "\t"))],
    ["UTF-16 in the other order", utf16(table).swap16()],
    ["line feeds alone", Buffer.from(table.replaceAll("\r\n", "\n").replace("张\n", "张\r\n"))],
    ["semicolons", Buffer.from(table.replaceAll(",", ";"))],
    ["a line that tells the separator", Buffer.from(`sep=;\r\n${table.replaceAll(",", ";")}`)],
  ])("is read in %s", async (_what, bytes) => {
    expect(await rowsOf(bytes)).toEqual(rows);
  });

  it("keeps a character whole that stands across the pieces it is read in", async () => {
    const wide = Array.from({ length: 30_000 }, (_item, index) => `${"x".repeat(index % 5)}张三李四,研发部`);
    for (const bytes of [Buffer.from(wide.join("\n")), gb18030(wide.join("\n")), utf16(wide.join("\n"))])
      expect((await rowsOf(bytes))?.map(({ cells }) => cells.join(","))).toEqual(wide);
  });

  it("counts its rows as Excel shows them, empty ones too, and leaves out blanks at their ends", async () => {
    expect(await rowsOf(Buffer.from('a,b,,\n,,\n\n"x\ny",\nz'))).toEqual([
      { number: 1, cells: ["a", "b"] },
      { number: 4, cells: ["x\ny"] },
      { number: 5, cells: ["z"] },
    ]);
  });

  it("is separated by what its header is, whatever stands in its cells", async () => {
    expect(await rowsOf(Buffer.from("公共邮箱地址,使用成员\ninfo@yunfan.example,m1;m2;m3\n"))).toEqual([
      { number: 1, cells: ["公共邮箱地址", "使用成员"] },
      { number: 2, cells: ["info@yunfan.example", "m1;m2;m3"] },
    ]);
  });

  it.each<[string, Buffer, string]>([
    ["accents in Latin-1", latin1("Source address,Name\na@x.test,Müller\n"), "encodingUnknown"],
    ["an accent at a name's beginning", latin1("Address,Name\na@x.test,Éric\n"), "encodingUnknown"],
    ["half a character", gb18030("地址,姓名\na,张三").subarray(0, -1), "encodingUnknown"],
    [
      "Big5",
      Buffer.concat([latin1("Address,Name\na,"), big5("aa4ca7d3acc2"), latin1("\nb,"), big5Company]),
      "encodingUnknown",
    ],
    ["bytes of a picture", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), "encodingUnknown"],
    ["text with a NUL in it", Buffer.from("a,b\n\0,c"), "notText"],
    ["a quotation mark that is never closed", Buffer.from('a,b\n"c,d\ne,f\n'), "quoteOpen"],
    ["a quotation mark in the middle of a cell", Buffer.from('a,b\nc"d,e\n'), "quoteOpen"],
    ["text in a far column", Buffer.from(`a\n${",".repeat(300)}x\n`), "farColumn"],
    [
      "more columns than there are, all of them blank",
      Buffer.from(`a\n${",".repeat(20_000)}\n`),
      "farColumn",
    ],
    [
      "a row of blank columns over many lines",
      Buffer.from(`a\n${`"\n",${",".repeat(999)}`.repeat(20)}\n`),
      "farColumn",
    ],
    ["too many rows", Buffer.from("x\n".repeat(250_001)), "tooManyRows"],
    ["an endless cell", Buffer.from(`a\n"${"x".repeat(5 * 1024 * 1024)}"\n`), "textTooLong"],
  ])("with %s is refused, never imported wrongly", async (_what, bytes, reason) => {
    await expect(rowsOf(bytes)).rejects.toMatchObject({
      name: "WorkbookUnreadable",
      evidence: { file: "名单.csv", reason },
    });
  });

  it("is told by its name, because its bytes say nothing", async () => {
    await expect(rowsOf(Buffer.from(table), "名单.xlsx")).rejects.toMatchObject({
      evidence: { reason: "otherKind" },
    });
    expect(await rowsOf(Buffer.from(table), "名单.CSV")).toEqual(rows);
  });
});

describe("importing .csv files", () => {
  const directory = Buffer.from("企业邮箱,账号,姓名,部门,手机\n,m1,张三,研发部,\n,m2,李四,销售部,\n");
  const put = async (
    ports: Awaited<ReturnType<typeof uploaded>>,
    file: string,
    bytes: Buffer,
    number: number,
  ) => {
    await ports.objects.write(objectKeys.accounts(exampleId, file), bytes);
    return runImport(ports, uploadNumbered(number, file));
  };

  it("takes the directory, the members and the public mailboxes from a file each", async () => {
    const ports = await uploaded(inAccounts(), directory, "通讯录.csv");
    expect(await runImport(ports, uploadNumbered(1, "通讯录.csv"))).toMatchObject({
      outcome: "imported",
      created: 0,
      rejected: 0,
    });
    const members = gb18030(
      "原邮箱地址,企业微信成员账号,原邮箱密码\na@yunfan.example,M1,Pw-密码\nb@yunfan.example,m9,\n",
    );
    expect(await put(ports, "成员.csv", members, 2)).toMatchObject({
      created: 1,
      errors: [{ sheet: "成员", row: 3, column: "企业微信成员账号", name: "MemberUnknown" }],
    });
    const shared = Buffer.from("公共邮箱地址,使用成员\ninfo@yunfan.example,m1;m1\n");
    expect(await put(ports, "公共.csv", shared, 3)).toMatchObject({ created: 1, rejected: 0 });
    const accounts = ports.accounts.all(exampleId);
    expect(accounts).toMatchObject([
      { kind: "member", address: "a@yunfan.example", name: "张三", department: "研发部" },
      { kind: "public", address: "info@yunfan.example", users: ["m1"] },
    ]);
    expect(
      await ports.vault.open({
        migrationId: exampleId,
        address: accounts[0]?.address ?? info(),
        side: "source",
      }),
    ).toBe("Pw-密码");
    expect(ports.objects.keys()).toContain(objectKeys.directory(exampleId));
  });

  it("says what is missing when nobody knows the members", async () => {
    const members = Buffer.from("原邮箱地址,企业微信成员账号\na@yunfan.example,m1\n");
    const ports = await uploaded(inAccounts(), members, "成员.csv");
    expect(await runImport(ports, uploadNumbered(1, "成员.csv"))).toMatchObject({
      outcome: "unusable",
      error: { name: "DirectoryMissing", evidence: { file: "成员.csv" } },
    });
  });

  it("says that a file with other headers is no list of mailboxes", async () => {
    const ports = await uploaded(inAccounts(), Buffer.from("Item,Price\nx,1\n"), "x.csv");
    expect(await runImport(ports, uploadNumbered(1, "x.csv"))).toMatchObject({
      outcome: "unusable",
      error: { name: "SheetMissing" },
    });
  });
});

const info = (): never => {
  throw new Error("There is no account.");
};
