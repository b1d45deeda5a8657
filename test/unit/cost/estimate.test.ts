import { describe, expect, it } from "vitest";
import type { Account } from "../../../shared/contract/account.ts";
import { PassNumber } from "../../../shared/contract/ids.ts";
import { estimate } from "../../../shared/cost/estimate.ts";
import { nothingPlanned, plannedWork, sumOfWork } from "../../../shared/cost/planned-work.ts";
import { pricePerEgressGigabyte } from "../../../shared/cost/prices.ts";
import { completed, exampleAccount, inSwitch } from "../../support/migration-example.ts";

const copying = (planned?: { batches: number; messages: number; bytes: number }): Account =>
  exampleAccount(1, {
    state: {
      status: "copying",
      pass: PassNumber.parse(1),
      since: inSwitch().createdAt,
      ...(planned === undefined ? {} : { planned }),
      done: { batches: 0, messages: 0, bytes: 0 },
    },
  });

describe("the work that is planned", () => {
  it("is what the plan says while a mailbox is copied, and what it came to afterwards", () => {
    const planned = { batches: 3, messages: 5_000, bytes: 100_000_000 };
    expect(plannedWork(copying(planned))).toEqual({ mailboxes: 1, unplanned: 0, ...planned });
    const ended: Account = {
      ...exampleAccount(1, { state: completed(1) }),
      totals: {
        messages: { source: 5_000, copied: 4_500, alreadyThere: 500, refused: 0 },
        bytes: { source: 200_000_000, copied: 130_000_000 },
      },
    };
    expect(plannedWork(ended)).toEqual({
      mailboxes: 1,
      unplanned: 0,
      batches: 3,
      messages: 4_500,
      bytes: 130_000_000,
    });
  });

  it("names the mailboxes of which nothing is known, and takes them for nothing else", () => {
    const work = sumOfWork([plannedWork(copying()), plannedWork(exampleAccount(2))]);
    expect(work).toEqual({ ...nothingPlanned, unplanned: 2 });
    expect(estimate(work)).toMatchObject({
      mailboxes: 0,
      unplanned: 2,
      bytes: 0,
      cost: { parts: { egress: 0 } },
    });
  });
});

describe("the estimate", () => {
  const company = { mailboxes: 100, unplanned: 0, batches: 5_000, messages: 2_000_000, bytes: 2 ** 30 * 300 };

  it("names the mail that leaves AWS apart, which is most of it", () => {
    const { cost } = estimate(company);
    expect(cost.parts.egress).toBeCloseTo(300 * pricePerEgressGigabyte, 6);
    expect(cost.parts.egress).toBeGreaterThan(cost.usd / 2);
    const parts = Object.values(cost.parts).reduce((sum, usd) => sum + usd, 0);
    expect(cost.usd).toBeCloseTo(parts, 6);
  });

  it("grows with the work, whichever part of it grows", () => {
    const { usd } = estimate(company).cost;
    const grown = (["mailboxes", "batches", "messages", "bytes"] as const).map(
      (more) => estimate({ ...company, [more]: company[more] * 100 }).cost.usd,
    );
    expect(Math.min(...grown)).toBeGreaterThan(usd);
  });
});
