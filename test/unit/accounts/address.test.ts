import { describe, expect, it } from "vitest";
import { parseAddress } from "../../../shared/accounts/address.ts";

describe("an address in a cell", () => {
  it.each([
    ["Zhang.San@Yunfan.Example", "zhang.san@yunfan.example"],
    ["　ｚｈａｎｇ＠ｙｕｎｆａｎ．ｅｘａｍｐｌｅ\u200b", "zhang@yunfan.example"],
    ["mailto:a+b_c'd@x-y.example.test", "a+b_c'd@x-y.example.test"],
    [`${"a".repeat(64)}@yunfan.example`, `${"a".repeat(64)}@yunfan.example`],
  ])("%s is %s", (cell, address) => {
    expect(parseAddress(cell)).toBe(address);
  });

  it.each([
    "",
    "zhang",
    "zhang@",
    "@yunfan.example",
    "zhang@yunfan",
    "a@b@yunfan.example",
    "a b@yunfan.example",
    ".a@yunfan.example",
    "a..b@yunfan.example",
    "a@-x.example",
    "a@x..example",
    '"quoted"@yunfan.example',
    "张三@yunfan.example",
    "a@yunfan.example,b@yunfan.example",
    `${"a".repeat(65)}@yunfan.example`,
    `a@${"x".repeat(64)}.example`,
    `a@${"x.".repeat(130)}example`,
  ])("%j is none", (cell) => {
    expect(parseAddress(cell)).toBeNull();
  });
});
