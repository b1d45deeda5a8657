import { describe, expect, it } from "vitest";
import { Timestamp } from "../../../shared/contract/ids.ts";
import type { Delivery, Notice } from "../../../shared/contract/notice.ts";
import { reasonOf } from "../../../shared/report/reason.ts";

const at = Timestamp.parse("2026-11-22T08:00:00.000Z");
const sent: Delivery = { outcome: "sent", at };
const begun: Delivery = { outcome: "begun" };
const lost = (reason: "bounced" | "unlicensed", words = ""): Delivery => ({
  outcome: "undeliverable",
  at,
  reason,
  words,
});
const state = { status: "notStarted", reason: { kind: "memberAsked" } } as const;
const notice = (differing: Partial<Notice>): Notice => ({
  kind: "ask",
  number: 2,
  begunAt: at,
  ...differing,
});
const said = (given: Partial<Notice> | null, language: "en" | "zhCN" = "en") =>
  reasonOf(given === null ? { state } : { state, notice: notice(given) }, language);

describe("why a mailbox whose member is asked has not started", () => {
  it("is that the member has not answered, once something is known to be out", () => {
    expect(said({ mail: sent })).toBe(
      "The member was asked for the password of the old mailbox (notice 2, 2026-11-22 08:00 UTC) and has not given it yet.",
    );
    expect(said({ mail: sent }, "zhCN")).toBe(
      "已向成员索取原邮箱密码（第 2 次，北京时间 2026-11-22 16:00），尚未收到。",
    );
  });

  it("is that the member is about to be asked as long as nothing is known to be out", () => {
    for (const given of [null, { mail: begun }, { mail: lost("bounced"), card: begun }]) {
      expect(said(given)).toMatch(/^The password .* is about to be asked for it\./);
    }
  });

  it("names the channel that failed beside the one that did not", () => {
    const both = said({ mail: lost("bounced", "550 no $& such user"), card: sent });
    expect(both).toMatch(/^The member was asked/);
    expect(both).toContain("does not accept mail for the address (550 no $& such user).");
    expect(said({ mail: sent, card: lost("unlicensed") }, "zhCN")).toContain("企业微信卡片未送达");
  });

  it("does not claim that a member was asked whom nothing reached", () => {
    const text = said({ mail: lost("bounced", "550") }) ?? "";
    expect(text).toMatch(/^The password of the old mailbox is missing\. The mail did not arrive/);
    expect(text).not.toContain("was asked");
    expect(text).toMatch(/enter the password\.$/);
  });
});
