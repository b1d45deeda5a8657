import { describe, expect, it } from "vitest";
import { openForTest, queueArn, ruleArn, toFunction } from "../support/events-for-test.ts";
import { eventually } from "../support/eventually.ts";

describe("a schedule", () => {
  it("gives its target the documented event at the pace set for this machine", async () => {
    const { functions } = await openForTest(
      () => null,
      { ScheduleExpression: "rate(5 minutes)", Targets: [toFunction] },
      { scheduleEverySeconds: 0.02 },
    );
    const { payload } = await eventually("the second ring", () => functions.invocations[1]);
    expect(payload).toMatchObject({
      version: "0",
      "detail-type": "Scheduled Event",
      source: "aws.events",
      resources: [ruleArn],
      detail: {},
    });
  });

  it("never runs its target twice at once, and has one ring waiting at most", async () => {
    let atOnce = 0;
    let most = 0;
    const releases: (() => void)[] = [];
    const { functions, sent } = await openForTest(
      async () => {
        atOnce += 1;
        most = Math.max(most, atOnce);
        await new Promise<void>((resolve) => releases.push(resolve));
        atOnce -= 1;
      },
      { ScheduleExpression: "rate(1 minute)", Targets: [toFunction] },
      {
        scheduleEverySeconds: 0.005,
        otherRule: {
          ScheduleExpression: "rate(1 minute)",
          Targets: [{ Id: "clock", Arn: queueArn("clock") }],
        },
      },
    );
    await eventually("the first ring", () => functions.invocations[0]);
    await eventually("twenty rings of another rule at the same pace", () => sent[19]);
    expect(functions.invocations).toHaveLength(1);
    releases[0]?.();
    await eventually("the ring that waited", () => functions.invocations[1]);
    expect(most).toBe(1);
  });
});
