import { describe, expect, it } from "vitest";
import type { NotStartedReason } from "../../../shared/contract/account.ts";
import { MailferryError } from "../../../shared/contract/errors.ts";
import { toStoredError } from "../../../shared/contract/stored-error.ts";
import { reasonOf } from "../../../shared/report/reason.ts";

const refused = toStoredError(
  new MailferryError("LoginRefused", { side: "source", mailbox: "a@example.test", words: "no" }),
);

const reasons: readonly NotStartedReason[] = [
  { kind: "historyNotBegun" },
  { kind: "passwordMissing", side: "source" },
  { kind: "passwordMissing", side: "target" },
  { kind: "memberAsked" },
  { kind: "loginRefused", error: refused },
  { kind: "awaitingUser" },
];

const said = (reason: NotStartedReason, language: "en" | "zhCN"): string =>
  reasonOf({ state: { status: "notStarted", reason }, notice: undefined }, language) ?? "";

describe("why a mailbox has not started", () => {
  it("is said for each reason in words of its own, in both languages", () => {
    expect(new Set(reasons.map((reason) => said(reason, "en"))).size).toBe(reasons.length);
    for (const reason of reasons) {
      expect(said(reason, "en")).toMatch(/^[A-Z].*\.$/);
      expect(said(reason, "zhCN")).toMatch(/[一-鿿].*。$/);
    }
  });

  it("names what to do about a missing password, and about a public mailbox that waits", () => {
    expect(said({ kind: "passwordMissing", side: "source" }, "zhCN")).toContain("导入密码文件");
    expect(said({ kind: "awaitingUser" }, "zhCN")).toContain("使用成员");
    expect(said({ kind: "awaitingUser" }, "en")).toContain("one of its users");
  });
});
