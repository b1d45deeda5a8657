import { describe, expect, it } from "vitest";
import { summaryLines } from "../../../infra/local/cli/summary.ts";
import { price } from "../../../shared/cost/price.ts";
import { RunDocument } from "../../../shared/report/report-document.ts";
import { reportTotals } from "../../../shared/report/report-totals.ts";

const run = (differing: object = {}): RunDocument =>
  RunDocument.parse({
    migrationId: "example.test-1",
    domain: "example.test",
    phase: "closed",
    ...reportTotals([]),
    perAccount: [],
    seconds: 1,
    cost: price({}, 0),
    ...differing,
  });

describe("the summary of a run", () => {
  it("speaks of addresses for members left over only where there are any", () => {
    const line = {
      memberId: "u1",
      name: "张伟",
      address: "zhangwei@example.test",
      origin: "name",
      status: "confirmed",
    };
    expect(summaryLines(run({ allocated: [line] })).join("\n")).toContain("members without a mailbox: 1;");
    expect(summaryLines(run()).join("\n")).not.toContain("members");
  });
});
