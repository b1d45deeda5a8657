import { describe, expect, it } from "vitest";
import type { KnownAccount } from "../../../shared/accounts/known-accounts.ts";
import { planAccounts } from "../../../shared/accounts/plan-accounts.ts";
import { directoryFromSheet } from "../../../shared/accounts/sheet-directory.ts";
import { MailAddress, Timestamp } from "../../../shared/contract/ids.ts";
import { directoryColumns } from "../../../shared/spreadsheet/columns.ts";
import { rowSentence } from "../../../shared/spreadsheet/row-errors.ts";
import { readTable } from "../../../shared/spreadsheet/table.ts";
import {
  directoryRows,
  listsOf,
  memberHeaders,
  publicHeaders,
  sheetOf,
} from "../../support/accounts-rows.ts";

const domain = "yunfan.example";
const at = Timestamp.parse("2026-11-22T08:00:00.000Z");

const plan = (
  members: readonly (readonly string[])[],
  publicMailboxes: readonly (readonly string[])[] = [],
  known: readonly KnownAccount[] = [],
  headers: { readonly members?: readonly string[]; readonly public?: readonly string[] } = {},
) => {
  const workbook = listsOf(
    [headers.members ?? memberHeaders, ...members],
    [headers.public ?? publicHeaders, ...publicMailboxes],
  );
  const directory = readTable(
    sheetOf("【参考】企业微信通讯录", directoryRows(9)),
    directoryColumns,
    "accounts.xlsx",
  );
  return planAccounts(workbook, new Map(known.map((account) => [account.address, account])), {
    domain,
    directory: directoryFromSheet(directory),
  });
};

const address = (text: string) => MailAddress.parse(text);
const known = (differing: Partial<KnownAccount> = {}): KnownAccount => ({
  address: address("a@yunfan.example"),
  target: address("a@yunfan.example"),
  importedAt: at,
  amendedAt: null,
  name: "",
  department: "",
  isWaiting: false,
  memberId: "m1",
  users: null,
  ...differing,
});
const places = (errors: ReturnType<typeof plan>["errors"]) =>
  errors.map(({ sheet, row, column, name }) => [sheet, row, column, name]);
const member = "成员邮箱名单";
const publicSheet = "公共邮箱名单";

describe("a member's row", () => {
  it("becomes an account, its address folded, its passwords apart", () => {
    const { fresh, errors } = plan([[" Ａ@Yunfan.Example ", "M1", " p 1 ", " 张\n三 ", "销售部"]]);
    expect(errors).toEqual([]);
    expect(fresh).toEqual([
      {
        kind: "member",
        row: 2,
        address: "a@yunfan.example",
        target: "a@yunfan.example",
        name: "张 三",
        department: "销售部",
        says: { name: "张 三", department: "销售部" },
        memberId: "m1",
        passwords: { source: "p 1", target: null },
      },
    ]);
  });

  it("takes name and department from the directory where it leaves them out", () => {
    expect(plan([["a@yunfan.example", "m2"]]).fresh).toMatchObject([
      { name: "成员2", department: "总部; 研发部", memberId: "m2" },
    ]);
  });

  it("keeps the password that is held when it says 已存在密码", () => {
    expect(plan([["a@yunfan.example", "m1", "已存在密码"]]).fresh).toMatchObject([
      { passwords: { source: null, target: null } },
    ]);
  });

  it("may name another target and its password", () => {
    const headers = { members: [...memberHeaders, "新邮箱地址", "新邮箱密码"] };
    const row = ["a@yunfan.example", "m1", "old", "", "", "b@new.example", "new"];
    expect(plan([row], [], [], headers).fresh).toMatchObject([
      { target: "b@new.example", passwords: { source: "old", target: "new" } },
    ]);
  });

  it.each([
    ["no address", ["", "m1", "x"], "原邮箱地址", "CellRequired"],
    ["no member", ["a@yunfan.example", ""], "企业微信成员账号", "CellRequired"],
    ["an address without a domain", ["a.yunfan.example", "m1"], "原邮箱地址", "AddressUnusable"],
    ["another domain", ["a@other.example", "m1"], "原邮箱地址", "DomainForeign"],
    ["a subdomain", ["a@x.yunfan.example", "m1"], "原邮箱地址", "DomainForeign"],
    ["an unknown member", ["a@yunfan.example", "stranger"], "企业微信成员账号", "MemberUnknown"],
    ["a formula without result", ["a@yunfan.example", "m1", "#N/A"], "原邮箱密码", "CellHoldsError"],
    ["an endless name", ["a@yunfan.example", "m1", "", "x".repeat(257)], "姓名", "CellTooLong"],
    ["an endless password", ["a@yunfan.example", "m1", "x".repeat(1_025)], "原邮箱密码", "CellTooLong"],
  ])("with %s is rejected at that cell and its neighbours are kept", (_what, row, column, name) => {
    const { fresh, rejected, errors } = plan([["good@yunfan.example", "m9"], row]);
    expect(places(errors)).toEqual([[member, 3, column, name]]);
    expect(rejected).toBe(1);
    expect(fresh.map((account) => account.address)).toEqual(["good@yunfan.example"]);
  });

  it("is told everything that is wrong with it at once", () => {
    const { rejected, errors } = plan([["", "stranger"]]);
    expect(places(errors)).toEqual([
      [member, 2, "原邮箱地址", "CellRequired"],
      [member, 2, "企业微信成员账号", "MemberUnknown"],
    ]);
    expect(rejected).toBe(1);
  });

  it("is told of what cannot be an account name without repeating it, for it may be a password", () => {
    const { errors } = plan(
      [["a@yunfan.example", "Tr0ub4dor&3"]],
      [["info@yunfan.example", "", "张三,p@ss:word!"]],
    );
    expect(errors.map(({ name, evidence }) => [name, evidence.member])).toEqual([
      ["MemberUnknown", "•••"],
      ["MemberUnknown", "张三"],
      ["MemberUnknown", "•••"],
    ]);
  });

  it("is rejected when its address stands further up already, whatever its letter case", () => {
    const { fresh, errors } = plan([
      ["a@yunfan.example", "m1"],
      ["A@yunfan.example", "m2"],
    ]);
    expect(fresh).toHaveLength(1);
    expect(errors).toMatchObject([{ row: 3, name: "AddressRepeated", evidence: { firstRow: 2 } }]);
  });

  it("is rejected when its member or its target belongs to another row", () => {
    const headers = { members: [...memberHeaders, "新邮箱地址"] };
    const { errors } = plan(
      [
        ["a@yunfan.example", "m1"],
        ["b@yunfan.example", "M1"],
        ["c@yunfan.example", "m3", "", "", "", "a@yunfan.example"],
      ],
      [],
      [],
      headers,
    );
    expect(places(errors)).toEqual([
      [member, 3, "企业微信成员账号", "MemberRepeated"],
      [member, 4, "新邮箱地址", "TargetRepeated"],
    ]);
  });

  it("is rejected when its member or its target belongs to an account imported before", () => {
    const other = known({ address: address("z@yunfan.example"), target: address("b@yunfan.example") });
    const { errors } = plan(
      [
        ["a@yunfan.example", "m1"],
        ["b@yunfan.example", "m2"],
      ],
      [],
      [other],
    );
    expect(errors.map(({ name }) => name)).toEqual(["MemberRepeated", "TargetRepeated"]);
  });
});

describe("a row for an account that is there already", () => {
  it("is no error when it says the same, and still brings its password", () => {
    const { fresh, repeated, errors } = plan(
      [["a@yunfan.example", "M1", "again", "另一个名字"]],
      [],
      [known()],
    );
    expect({ fresh, errors }).toEqual({ fresh: [], errors: [] });
    expect(repeated).toMatchObject([{ address: "a@yunfan.example", passwords: { source: "again" } }]);
  });

  it("is rejected when it names another member, another target or another kind", () => {
    expect(plan([["a@yunfan.example", "m2"]], [], [known()]).errors).toMatchObject([
      { name: "AlreadyImported", evidence: { difference: "企业微信成员账号" } },
    ]);
    const elsewhere = known({ target: address("other@yunfan.example") });
    expect(plan([["a@yunfan.example", "m1"]], [], [elsewhere]).errors).toMatchObject([
      { name: "AlreadyImported", evidence: { difference: "新邮箱地址" } },
    ]);
    const shared = known({ memberId: null, users: "m1" });
    expect(plan([["a@yunfan.example", "m1"]], [], [shared]).errors).toMatchObject([
      { name: "AlreadyImported", evidence: { difference: "原邮箱地址" } },
    ]);
  });
});

describe("a public mailbox", () => {
  it("is used by members of either sheet's spelling, separated in any of the usual ways", () => {
    const { fresh, errors } = plan(
      [["a@yunfan.example", "m1"]],
      [["info@yunfan.example", "pw", "m1；M2，m3、m1\nm4", "咨询"]],
    );
    expect(errors).toEqual([]);
    expect(fresh[1]).toMatchObject({ kind: "public", users: ["m1", "m2", "m3", "m4"], name: "咨询" });
  });

  it("may have no users at all", () => {
    expect(plan([], [["info@yunfan.example"]]).fresh).toMatchObject([{ kind: "public", users: [] }]);
  });

  it("is rejected when none of its users has a mailbox, and admitted when one got it in an earlier import", () => {
    const rows = [["info@yunfan.example", "", "m1,m2"]];
    expect(places(plan([], rows).errors)).toEqual([[publicSheet, 2, "使用成员", "UsersWithoutMailbox"]]);
    expect(plan([], rows, [known()]).fresh).toHaveLength(1);
  });

  it("is rejected when its only user's own row was rejected", () => {
    const { errors } = plan([["a@other.example", "m1"]], [["info@yunfan.example", "", "m1"]]);
    expect(errors.map(({ name }) => name)).toEqual(["DomainForeign", "UsersWithoutMailbox"]);
  });

  it("is rejected for each user that nobody knows, and for too many users", () => {
    const strangers = plan([], [["info@yunfan.example", "", "x1,x2"]]).errors;
    expect(strangers.map(({ evidence }) => evidence)).toEqual([{ member: "x1" }, { member: "x2" }]);
    const crowd = (size: number) => Array.from({ length: size }, (_item, index) => `u${index}`).join(",");
    expect(plan([], [["info@yunfan.example", "", crowd(1_001)]]).errors).toMatchObject([
      { name: "UsersTooMany" },
    ]);
    // One short text may stand in every one of 250,000 rows: a thousand reasons for each of them would fill any memory.
    const { errors } = plan([], [["info@yunfan.example", "", crowd(1_000)]]);
    expect(errors.map(({ evidence }) => evidence.member)).toEqual(crowd(10).split(","));
  });

  it("cannot be a member's mailbox too: neither row is believed", () => {
    const { fresh, errors } = plan([["a@yunfan.example", "m1"]], [["a@yunfan.example"]]);
    expect(fresh).toEqual([]);
    expect(errors).toMatchObject([
      { sheet: member, row: 2, name: "AddressInBothSheets", evidence: { other: publicSheet, otherRow: 2 } },
      { sheet: publicSheet, row: 2, name: "AddressInBothSheets", evidence: { other: member, otherRow: 2 } },
    ]);
  });

  it("is unchanged when its users stand in another order, and rejected when they are others", () => {
    const earlier = known({ memberId: null, users: "m1\nm2" });
    const owner = known({ address: address("x@yunfan.example"), target: address("x@yunfan.example") });
    expect(plan([], [["a@yunfan.example", "", "M2,m1"]], [earlier, owner]).repeated).toHaveLength(1);
    expect(plan([], [["a@yunfan.example", "", "m1"]], [earlier, owner]).errors).toMatchObject([
      { name: "AlreadyImported", evidence: { difference: "使用成员" } },
    ]);
  });
});

describe("the errors of rows", () => {
  it("say the place in the file's own words, in both languages", () => {
    const headers = { members: ["Source address", "Member account"] };
    const [error] = plan([["a@other.example", "m1"]], [], [], headers).errors;
    if (error === undefined) throw new Error("the row was accepted");
    expect(rowSentence(error, "en")).toBe(
      "Sheet 成员邮箱名单, row 2, column Source address: a@other.example does not belong to yunfan.example. Only mailboxes of this domain are migrated.",
    );
    expect(rowSentence(error, "zhCN")).toBe(
      "工作表「成员邮箱名单」第 2 行「Source address」列：a@other.example 不属于 yunfan.example。本次迁移仅限该域名下的邮箱。",
    );
  });

  it("never repeat a password, also where it stands in the address's place", () => {
    const { errors } = plan([
      ["S3cret-1", "m1", "S3cret-2"],
      ["a@yunfan.example", "", "S3cret-3"],
      ["b@yunfan.example", "m2", "S3cret-4".repeat(200)],
    ]);
    expect(errors).toHaveLength(3);
    expect(JSON.stringify(errors)).not.toContain("S3cret");
  });
});
