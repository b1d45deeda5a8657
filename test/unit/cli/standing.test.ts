import { describe, expect, it } from "vitest";
import { headline } from "../../../infra/local/cli/standing.ts";
import { Account } from "../../../shared/contract/account.ts";
import type { WaitingReason } from "../../../shared/contract/pace.ts";
import { exampleAccount, inHistory } from "../../support/migration-example.ts";

const copying = (number: number, reason?: WaitingReason): Account => {
  const at = "2026-11-22T00:00:00.000Z";
  const state = {
    ...{ status: "copying", pass: 1, since: at, done: { batches: 0, messages: 0, bytes: 0 } },
    ...(reason === undefined ? {} : { waiting: { since: at, until: at, reason } }),
  };
  return Account.parse({ ...exampleAccount(number), state });
};

describe("how a migration stands", () => {
  it("says how many mailboxes wait, and for what", () => {
    const accounts = [copying(1, "serverBusy"), copying(2, "serverBusy"), copying(3, "window"), copying(4)];
    expect(headline(inHistory(), accounts)).toContain(
      "; 2 waiting for a busy server; 1 waiting for their hours",
    );
  });

  it("says nothing of waiting where nobody waits", () => {
    expect(headline(inHistory(), [copying(1)])).not.toContain("waiting");
  });
});
