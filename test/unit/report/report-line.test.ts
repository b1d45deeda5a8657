import { describe, expect, it } from "vitest";
import { Account, AccountState } from "../../../shared/contract/account.ts";
import { reportLine } from "../../../shared/report/report-line.ts";
import { reportTotals } from "../../../shared/report/report-totals.ts";
import { completed, exampleAccount } from "../../support/migration-example.ts";

const totals = (source: number, copied: number, alreadyThere: number, refused: number) => ({
  messages: { source, copied, alreadyThere, refused },
  bytes: { source: source * 10, copied: copied * 10 },
});
const account = (differing: object): Account => Account.parse({ ...exampleAccount(1), ...differing });
const since = "2026-11-22T08:00:00.000Z";
const failure = { name: "ConnectionLost", evidence: { side: "source", host: "h", reason: "reset" } };

describe("an account's line", () => {
  it("of a completed mailbox accounts for every message and has no reason", () => {
    const line = reportLine(account({ state: completed(2), totals: totals(10, 6, 3, 1), copiedEver: 6 }));
    expect(line).toEqual({
      address: "member1@yunfan.example",
      target: "member1@yunfan.example",
      name: "成员1",
      status: "completed",
      reason: null,
      messages: { source: 10, copied: 6, alreadyThere: 3, refused: 1 },
      bytes: { source: 100, copied: 60 },
      copiedEver: 6,
    });
  });

  it.each([
    [10, 9, 0, 0],
    [10, 11, 0, 0],
    [0, 0, 0, 1],
  ])(
    "of a mailbox that does not add up (%d ≠ %d + %d + %d) says failed, whatever the mailbox says",
    (...counts) => {
      const line = reportLine(account({ state: completed(1), totals: totals(...counts) }));
      expect(line.status).toBe("failed");
      expect(line.reason).toContain("does not add up");
    },
  );

  it("of a mailbox that is being copied need not add up yet", () => {
    const copying = { status: "copying", pass: 1, since, done: { batches: 0, messages: 0, bytes: 0 } };
    expect(reportLine(account({ state: copying, totals: totals(10, 5, 0, 0) }))).toMatchObject({
      status: "copying",
      reason: null,
    });
  });

  it.each([
    [{ kind: "historyNotBegun" }, "The history phase has not begun."],
    [{ kind: "passwordMissing", side: "source" }, "There is no password for the old mailbox."],
    [{ kind: "passwordMissing", side: "target" }, "There is no password for the new mailbox."],
    [
      {
        kind: "loginRefused",
        error: { name: "LoginRefused", evidence: { side: "source", mailbox: "m", words: "NO" } },
      },
      "The source server refused the login of m: NO.",
    ],
  ])("of a mailbox that was not started says why: %j", (reason, words) => {
    const line = reportLine(account({ state: { status: "notStarted", reason } }));
    expect(line).toMatchObject({ status: "notStarted", reason: expect.stringContaining(words) });
    expect(line.messages).toEqual({ source: 0, copied: 0, alreadyThere: 0, refused: 0 });
  });

  it("of a failed mailbox says why", () => {
    const line = reportLine(account({ state: { status: "failed", pass: 1, since, error: failure } }));
    expect(line).toMatchObject({ status: "failed", reason: expect.stringContaining("reset") });
  });
});

describe("what comparing both sides showed", () => {
  const verified = (identical: number, normalised: number) => ({
    ...totals(identical + normalised, identical + normalised, 0, 0),
    verification: { identical, normalised, refused: 0, unexplained: 0, sampled: 1 },
  });

  it("stands in the line, and in the totals for those that were compared", () => {
    const lines = [
      reportLine(account({ state: completed(1), totals: verified(9, 1) })),
      reportLine(account({ state: completed(1), totals: verified(4, 2) })),
      reportLine(account({})),
    ];
    expect(lines[0]?.verification).toEqual(verified(9, 1).verification);
    expect(reportTotals(lines).verification).toEqual({
      identical: 13,
      normalised: 3,
      refused: 0,
      unexplained: 0,
      sampled: 2,
    });
  });
});

describe("a mailbox that waits", () => {
  it("is on its way, with what holds it up and until when", () => {
    const waiting = (reason: "window" | "serverBusy") =>
      reportLine(
        account({
          state: AccountState.parse({
            status: "copying",
            pass: 1,
            since: "2026-11-22T08:00:00.000Z",
            done: { batches: 0, messages: 0, bytes: 0 },
            waiting: { since: "2026-11-22T08:00:00.000Z", until: "2026-11-22T12:00:00.000Z", reason },
          }),
        }),
      );
    expect(waiting("window")).toMatchObject({
      status: "copying",
      reason: "It waits for the hours in which mail is copied, until 2026-11-22 12:00 UTC.",
    });
    expect(waiting("serverBusy").reason).toBe(
      "A mail server asked to wait; it is tried again at 2026-11-22 12:00 UTC.",
    );
  });
});

describe("the totals", () => {
  it("are the sums over the lines", () => {
    const lines = [
      reportLine(account({ state: completed(1), totals: totals(10, 6, 3, 1) })),
      reportLine(account({ state: completed(1), totals: totals(5, 5, 0, 0) })),
      reportLine(account({ state: completed(1), totals: totals(5, 4, 0, 0) })),
      reportLine(account({})),
    ];
    expect(reportTotals(lines)).toEqual({
      accounts: { total: 4, completed: 2, failed: 1, notStarted: 1, copying: 0 },
      messages: { source: 20, copied: 15, alreadyThere: 3, refused: 1 },
      bytes: { source: 200, copied: 150 },
    });
  });
});
