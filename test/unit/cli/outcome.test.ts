import { describe, expect, it } from "vitest";
import { OperatorAnswer } from "../../../events/operator-command.ts";
import { outcomeSentences, outcomeStatus } from "../../../infra/local/cli/operations/outcome.ts";

const clearing = (kept: number, outcome = "done"): OperatorAnswer => {
  const keptFirst = Array.from({ length: kept }, (_item, index) => `m${index}@example.test`);
  return OperatorAnswer.parse({ outcome, cleared: { removed: 3, kept, keptFirst, left: 0 } });
};

describe("how an operator command ends", () => {
  it.each(["done", "alreadyDone", "nothingRefused"] as const)("with 0 when it is %s", (outcome) => {
    expect(outcomeStatus("startPass", { outcome })).toBe(0);
  });

  it.each(["standing", "unfinished", "importUnderWay"] as const)("with 3 when it is %s", (outcome) => {
    expect(outcomeStatus("startPass", { outcome })).toBe(3);
  });

  it("with 0 after a clearing only when no account stays: a script goes on to import them anew", () => {
    expect(outcomeStatus("clearAccounts", clearing(0))).toBe(0);
    expect(outcomeStatus("clearAccounts", clearing(1))).toBe(3);
    expect(outcomeStatus("clearAccounts", { outcome: "alreadyDone" })).toBe(3);
    expect(outcomeStatus("confirmMxChange", { outcome: "alreadyDone" })).toBe(0);
  });

  it("says in both languages which accounts stay, and what to do", () => {
    expect(outcomeSentences("clearAccounts", clearing(0), "en")).toEqual([]);
    expect(outcomeSentences("clearAccounts", clearing(2), "en")).toEqual([
      "Accounts that have begun to copy stay (2): m0@example.test, m1@example.test. In the next workbook keep their rows as they were, or leave them out.",
    ]);
    expect(outcomeSentences("clearAccounts", clearing(2), "zhCN").join()).toMatch(
      /^2 个账号已开始迁移，予以保留：m0@example\.test, m1@example\.test。/,
    );
    const many = outcomeSentences("clearAccounts", clearing(30), "en").join();
    expect(many).toContain("m19@example.test, ….");
    expect(many).not.toContain("m20@");
  });

  it("with 3 after reminding nobody, saying from when it is possible again", () => {
    const until = "2026-11-22T18:55:00.000Z";
    const reminded = (counts: object): OperatorAnswer =>
      OperatorAnswer.parse({
        outcome: "done",
        reminders: { reminded: 0, tooEarly: 0, undeliverable: 0, ...counts },
      });
    const tooEarly = reminded({ tooEarly: 1, tooEarlyUntil: until });
    expect(outcomeStatus("remind", tooEarly)).toBe(3);
    expect(outcomeSentences("remind", tooEarly, "en").join()).toMatch(
      /^Nobody was reminded: .* 12 hours ago\. .* from 2026-11-22 18:55 UTC\.$/,
    );
    expect(outcomeSentences("remind", tooEarly, "zhCN")).toEqual([
      "未发送提醒：1 个账号的成员在 12 小时内已收到通知，最早可于 北京时间 2026-11-23 02:55 再次提醒。",
    ]);
    expect(outcomeSentences("remind", reminded({ tooEarly: 1 }), "en").join()).toContain("later");
    const unreachable = reminded({ undeliverable: 2 });
    expect(outcomeStatus("remind", unreachable)).toBe(3);
    expect(outcomeSentences("remind", unreachable, "en").join()).toContain("2 accounts cannot be reached");
    for (const answer of [reminded({}), reminded({ reminded: 1, tooEarly: 1, undeliverable: 1 })]) {
      expect(outcomeStatus("remind", answer)).toBe(0);
      expect(outcomeSentences("remind", answer, "en")).toEqual([]);
    }
  });

  it("says of reminders that are under way that they go on, and not that a pass does", () => {
    const under = { outcome: "standing" } as const;
    expect(outcomeSentences("remind", under, "en").join()).toContain("remind everybody");
    expect(outcomeSentences("remind", under, "zhCN").join()).toContain("提醒会自动继续");
    expect(outcomeSentences("startPass", under, "en").join()).toContain("pass");
    expect(outcomeStatus("remind", under)).toBe(3);
  });

  it("says why nothing is cleared once the migration is closed", () => {
    expect(outcomeSentences("clearAccounts", { outcome: "alreadyDone" }, "en").join()).toContain("closed");
    expect(outcomeSentences("clearAccounts", { outcome: "alreadyDone" }, "zhCN").join()).toContain("已结束");
    expect(outcomeSentences("confirmMxChange", { outcome: "alreadyDone" }, "en")).toEqual([]);
  });
});
