import { describe, expect, it } from "vitest";
import type { NotStartedReason } from "../../../shared/contract/account.ts";
import { MailferryError } from "../../../shared/contract/errors.ts";
import { PassNumber, Timestamp } from "../../../shared/contract/ids.ts";
import { WaitingReason } from "../../../shared/contract/pace.ts";
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

  it("speaks of the mailbox and its administrator, not of its password, where a master user is refused", () => {
    const evidence = { side: "target", mailbox: "nobody@example.test", words: "Authorization failed" };
    const error = toStoredError(new MailferryError("MasterRefused", evidence));
    expect(said({ kind: "loginRefused", error }, "zhCN")).toBe(
      "新邮件服务器不允许管理员账号打开 nobody@example.test：Authorization failed。请检查该邮箱是否存在、管理员账号是否有权打开它，以及设置中管理员账号的用户名和密码，然后重启该邮箱的迁移。",
    );
    expect(said({ kind: "loginRefused", error }, "en")).toMatch(/Check that the mailbox exists/);
  });
});

describe("what a mailbox waits for", () => {
  const at = Timestamp.parse("2026-11-24T17:00:00.439Z");
  const waitingFor = (reason: WaitingReason, language: "en" | "zhCN") => {
    const state = {
      ...{ status: "copying" as const, pass: PassNumber.parse(1), since: at },
      done: { batches: 0, messages: 0, bytes: 0 },
      waiting: { since: at, until: at, reason },
    };
    return reasonOf({ state, notice: undefined }, language);
  };

  it.each(WaitingReason.options)("is told to the minute by the reader's clock: %s", (reason) => {
    expect(waitingFor(reason, "en")).toMatch(/ 2026-11-24 17:00 UTC\.$/);
    expect(waitingFor(reason, "zhCN")).toMatch(/北京时间 2026-11-25 01:00/);
    expect(waitingFor(reason, "zhCN")).not.toContain("Z");
  });
});
