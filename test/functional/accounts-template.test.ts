import type { Worksheet } from "exceljs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Member } from "../../shared/accounts/directory.ts";
import { LibreOffice } from "../support/libreoffice.ts";
import {
  filledIn,
  firstRow,
  firstRowOf,
  opened,
  planOf,
  protectionOf,
  sheetOfWorkbook,
  someMembers,
  templateFile,
} from "../support/template-workbook.ts";

const list = "成员邮箱名单";
const publicList = "公共邮箱名单";
const reference = "【参考】企业微信通讯录";

const headersOf = (sheet: Worksheet, row: number) =>
  Array.from({ length: sheet.columnCount }, (_item, index) => sheet.getCell(row, index + 1).text);
const repeated = (times: number, act: () => void): void => {
  for (let time = 0; time < times; time += 1) act();
};
const noteOf = (sheet: Worksheet, row: number, column: number): string => {
  const { note } = sheet.getCell(row, column);
  return typeof note === "string" ? note : (note?.texts ?? []).map(({ text }) => text).join("");
};

describe("the accounts template as a file", () => {
  it("has frozen bold headers below its instructions, widths, and text format in every column", async () => {
    const workbook = await opened(await templateFile(someMembers(3)));
    expect(workbook.worksheets.map(({ name }) => name)).toEqual([list, publicList, reference]);
    for (const sheet of workbook.worksheets) {
      const header = firstRowOf(sheet) - 1;
      expect(header).toBeGreaterThan(1);
      expect(sheet.views).toMatchObject([{ state: "frozen", ySplit: header }]);
      expect(headersOf(sheet, header)).not.toContain("");
      for (let column = 1; column <= sheet.columnCount; column += 1) {
        expect(sheet.getColumn(column).width).toBeGreaterThan(15);
        expect(sheet.getColumn(column).numFmt).toBe("@");
      }
    }
  });

  it("offers the accounts of the reference sheet, also in the empty rows below, and notes what is required", async () => {
    const workbook = await opened(await templateFile(someMembers(3)));
    const sheet = sheetOfWorkbook(workbook, list);
    const first = firstRowOf(sheet);
    const from = firstRowOf(sheetOfWorkbook(workbook, reference));
    for (const row of [first, first + 2, first + 3, 2_000])
      expect(sheet.getCell(row, 2).dataValidation).toMatchObject({
        type: "list",
        errorStyle: "warning",
        formulae: [`'${reference}'!$B$${from}:$B$${from + 2}`],
      });
    expect([noteOf(sheet, first - 1, 1), noteOf(sheet, first - 1, 2)]).toEqual([
      expect.stringMatching(/必填[\s\S]*Required/),
      expect.stringMatching(/必填[\s\S]*Required/),
    ]);
  });

  it("protects the reference sheet without a password, and no other", async () => {
    const bytes = await templateFile(someMembers(3));
    expect([await protectionOf(bytes, 1), await protectionOf(bytes, 2)]).toEqual([undefined, undefined]);
    expect(await protectionOf(bytes, 3)).toEqual({ sheet: "1", formatColumns: "0" });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it("is the same file whenever it is made", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2026-11-22T08:00:00Z") });
    const first = await templateFile(someMembers(600));
    vi.setSystemTime(new Date("2031-01-01T08:00:00Z"));
    expect(Buffer.from(await templateFile(someMembers(600))).equals(first)).toBe(true);
  });
});

describe("a template that was filled in", () => {
  it("is imported as it stands: known addresses become accounts, members without one are passed over", async () => {
    const plan = await planOf(await templateFile(someMembers(9)));
    expect(plan.fresh.map(({ address }) => address)).toEqual(
      [1, 2, 4, 5, 7, 8].map((number) => `a${number}@yunfan.example`),
    );
    expect(plan).toMatchObject({ untouched: 3, rejected: 0, errors: [] });
    expect(plan.fresh[0]).toMatchObject({ memberId: "m1", name: "成员1", department: "总部; 研发部" });
  });

  it.each([
    ["with its instructions", () => undefined],
    ["without them", (sheet: Worksheet) => repeated(firstRowOf(sheet) - 2, () => sheet.spliceRows(1, 1))],
    ["without one line of them", (sheet: Worksheet) => repeated(1, () => sheet.spliceRows(1, 1))],
  ])("is imported with what was added to it, %s", async (_what, amend) => {
    const bytes = await filledIn(await templateFile(someMembers(3)), (workbook) => {
      const sheet = sheetOfWorkbook(workbook, list);
      const third = sheet.getRow(firstRowOf(sheet) + 2);
      third.getCell(1).value = { text: "a3@yunfan.example", hyperlink: "mailto:a3@yunfan.example" };
      third.getCell(3).value = "00123";
      firstRow(workbook, publicList).values = ["info@yunfan.example", "pw", "m1;m2", "咨询"];
      for (const each of workbook.worksheets) amend(each);
    });
    const plan = await planOf(bytes);
    expect(plan.errors).toEqual([]);
    expect(plan.fresh.slice(2)).toMatchObject([
      { kind: "member", address: "a3@yunfan.example", memberId: "m3", passwords: { source: "00123" } },
      { kind: "public", address: "info@yunfan.example", users: ["m1", "m2"], passwords: { source: "pw" } },
    ]);
  });

  it("brings back names that had to be defused as they were", async () => {
    const names = ["=1+1", "+86", "-", "@all", "＝1"];
    const members = names.map((name, index) =>
      Member.parse({ userid: `-m${index}`, name, email: `a${index}@yunfan.example` }),
    );
    const plan = await planOf(await templateFile(members));
    expect(plan.errors).toEqual([]);
    expect(plan.fresh).toMatchObject(names.map((name, index) => ({ name, memberId: `-m${index}` })));
  });

  it("may bring its directory itself, where the settings know none", async () => {
    const bytes = await filledIn(await templateFile(null), (workbook) => {
      firstRow(workbook, reference).values = ["", "m1", "张三", "研发部"];
      firstRow(workbook, list).values = ["a@yunfan.example", "m1", "pw"];
    });
    expect((await planOf(bytes)).fresh).toMatchObject([{ memberId: "m1", name: "张三" }]);
  });

  it("holds 20,000 members", async () => {
    const { fresh, untouched, errors } = await planOf(await templateFile(someMembers(20_000)));
    expect([fresh.length, untouched, errors.length]).toEqual([13_334, 6_666, 0]);
  });
});

describe("the template in LibreOffice", () => {
  it("keeps its sheets, headers, leading zeros, choices, notes and protection when it is saved", async () => {
    const office = await LibreOffice.ofTest();
    const bytes = await filledIn(await templateFile(someMembers(4)), (workbook) => {
      firstRow(workbook, list).getCell(3).value = "00123";
    });
    const saved = await office.resaved(bytes);
    const workbook = await opened(saved);
    expect(workbook.worksheets.map((sheet) => [sheet.name, headersOf(sheet, firstRowOf(sheet) - 1)])).toEqual(
      [
        [list, ["原邮箱地址*", "企业微信成员账号*", "原邮箱密码", "姓名", "所在部门"]],
        [publicList, ["公共邮箱地址*", "原邮箱密码", "使用成员", "名称"]],
        [reference, ["企业邮箱", "账号", "姓名", "部门", "手机"]],
      ],
    );
    const sheet = sheetOfWorkbook(workbook, list);
    expect(firstRow(workbook, list).getCell(3).value).toBe("00123");
    expect(sheet.getCell("B200").dataValidation).toMatchObject({ type: "list" });
    expect(noteOf(sheet, firstRowOf(sheet) - 1, 1)).toContain("必填");
    expect(sheet.getColumn(3).numFmt).toBe("@");
    expect(await protectionOf(saved, 3)).toMatchObject({ sheet: "true" });
    const plan = await planOf(saved);
    expect(plan.fresh[0]).toMatchObject({ address: "a1@yunfan.example", passwords: { source: "00123" } });
    expect(plan).toMatchObject({ untouched: 1, rejected: 0 });
    expect(plan.fresh).toHaveLength(3);
  });
});
