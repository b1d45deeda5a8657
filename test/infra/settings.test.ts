import { describe, expect, it } from "vitest";
import { readDeploySettings } from "../../infra/settings.ts";

describe("the deploy settings", () => {
  it("have a default for everything", () => {
    expect(readDeploySettings(undefined)).toEqual({
      logRetentionDays: 30,
      runbook: "infra/RUNBOOK.md",
      copyConcurrency: 20,
      workerMemoryMegabytes: 512,
      tickMinutes: 1,
    });
  });

  it("may come as text, as the command line gives them", () => {
    expect(readDeploySettings('{ "copyConcurrency": 200, "region": "cn-north-1" }')).toMatchObject({
      copyConcurrency: 200,
      region: "cn-north-1",
    });
  });

  it.each([
    ["a misspelt key", { copyConcurency: 5 }, /copyConcurency/],
    ["a limit that Lambda would refuse", { copyConcurrency: 1 }, /copyConcurrency/],
    ["days that CloudWatch Logs does not know", { logRetentionDays: 31 }, /logRetentionDays/],
    ["no e-mail address", { alarmEmail: "ops" }, /alarmEmail/],
    ["a sender that is neither a domain nor an address", { mailFrom: "it@" }, /mailFrom/],
    ["no account", { account: "12" }, /account/],
    ["text that is not JSON", "copyConcurrency=5", /is not JSON/],
  ])("refuse %s by name", (_what, settings, says) => {
    expect(() => readDeploySettings(settings)).toThrow(says);
  });
});
