import { describe, expect, it } from "vitest";
import { rowSentence } from "../../../shared/spreadsheet/row-errors.ts";
import { memberHeaders } from "../../support/accounts-rows.ts";
import { address, known, memberSheet, places, plan } from "../../support/planned-rows.ts";

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
    expect(places(errors)).toEqual([[memberSheet, 3, column, name]]);
    expect(rejected).toBe(1);
    expect(fresh.map((account) => account.address)).toEqual(["good@yunfan.example"]);
  });

  it("is told everything that is wrong with it at once", () => {
    const { rejected, errors } = plan([["", "stranger"]]);
    expect(places(errors)).toEqual([
      [memberSheet, 2, "原邮箱地址", "CellRequired"],
      [memberSheet, 2, "企业微信成员账号", "MemberUnknown"],
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
      [memberSheet, 3, "企业微信成员账号", "MemberRepeated"],
      [memberSheet, 4, "新邮箱地址", "TargetRepeated"],
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
      { column: "企业微信成员账号", name: "AlreadyImported", evidence: { difference: "企业微信成员账号" } },
    ]);
    const elsewhere = known({ target: address("other@yunfan.example") });
    expect(plan([["a@yunfan.example", "m1"]], [], [elsewhere]).errors).toMatchObject([
      { column: "新邮箱地址", name: "AlreadyImported", evidence: { difference: "新邮箱地址" } },
    ]);
    const shared = known({ memberId: null, users: "m1" });
    expect(plan([["a@yunfan.example", "m1"]], [], [shared]).errors).toMatchObject([
      { column: "原邮箱地址", name: "AlreadyImported", evidence: { difference: "原邮箱地址" } },
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
