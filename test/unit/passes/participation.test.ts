import { describe, expect, it } from "vitest";
import type { Account } from "../../../shared/contract/account.ts";
import { MailAddress, PassNumber } from "../../../shared/contract/ids.ts";
import type { Pass } from "../../../shared/contract/pass.ts";
import { copiedIn, standingOf } from "../../../shared/passes/participation.ts";
import { completed, exampleAccount, inSwitch } from "../../support/migration-example.ts";

const second: Pass = { ...inSwitch().pass, number: PassNumber.parse(2) };
const onlyOther: Pass = { ...second, only: [MailAddress.parse("other@yunfan.example")] };
const since = inSwitch().createdAt;
const copying = (pass: number): Account["state"] => ({
  status: "copying",
  pass: PassNumber.parse(pass),
  since,
  done: { batches: 0, messages: 0, bytes: 0 },
});
const neverStarted: Account["state"] = { status: "notStarted", reason: { kind: "historyNotBegun" } };
const withoutPassword = (pass: number): Account["state"] => ({
  status: "notStarted",
  reason: { kind: "passwordMissing", side: "source" },
  pass: PassNumber.parse(pass),
});

describe("how an account stands to a pass", () => {
  it.each([
    ["never started", neverStarted, second, "unstarted"],
    ["never started", neverStarted, onlyOther, "unstarted"],
    ["ended the one before", completed(1), second, "unstarted"],
    ["ended the one before", completed(1), onlyOther, "apart"],
    ["copying in it", copying(2), second, "running"],
    ["copying in it", copying(2), onlyOther, "running"],
    ["left over in the one before", copying(1), second, "unstarted"],
    ["completed it", completed(2), second, "ended"],
    ["without a password in it", withoutPassword(2), second, "ended"],
    ["without a password before", withoutPassword(1), second, "unstarted"],
  ] as const)("%s", (_what, state, pass, standing) => {
    expect(standingOf(exampleAccount(1, { state }), pass)).toBe(standing);
  });

  it("takes part in a pass for refused messages only where there are any", () => {
    const retry: Pass = { ...second, refusedOnly: true };
    const account = (refused: number): Account => ({
      ...exampleAccount(1, { state: completed(1) }),
      totals: {
        messages: { source: 1, copied: 1 - refused, alreadyThere: 0, refused },
        bytes: { source: 1, copied: 1 },
      },
    });
    expect(standingOf(account(1), retry)).toBe("unstarted");
    expect(standingOf(account(0), retry)).toBe("apart");
    expect(standingOf(account(1), { ...retry, only: onlyOther.only })).toBe("apart");
  });

  it("counts what it copied in this pass, not in another", () => {
    expect(copiedIn(exampleAccount(1, { state: completed(2, 7) }), second)).toBe(7);
    expect(copiedIn(exampleAccount(1, { state: completed(1, 7) }), second)).toBe(0);
    expect(copiedIn(exampleAccount(1, { state: copying(2) }), second)).toBe(0);
  });
});
