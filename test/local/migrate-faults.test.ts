import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Fault, faultProxy } from "../support/fault-proxy.ts";
import { startMigrate } from "../support/migrate-command.ts";
import { masterPassword, smallCompany } from "../support/small-company.ts";

/** A company whose target meets a fault, and its migration through history from one data directory. */
const companyMeeting = async (fault: Fault) => {
  const company = await smallCompany();
  const proxy = await faultProxy(company.target);
  proxy.arm(fault);
  const settings = await company.writeSettings({}, proxy.port);
  const words = ["--settings", settings, "--accounts", company.accountsFile];
  const data = join(company.directory, "data");
  const migrate = () =>
    startMigrate([...words, "--data", data, "--through", "history", "--json"], {
      TARGET_MASTER_PASSWORD: masterPassword,
    }).ended;
  return { company, proxy, migrate };
};

describe("npm run migrate, whose target meets a fault", () => {
  it("ends with 3 while messages are refused, and with 0 when the next run has brought them", async () => {
    const words = "[OVERQUOTA] Quota exceeded";
    const fault = { at: /^APPEND "?INBOX/i, nth: 1, always: true, does: "refuse", words } as const;
    const { company, proxy, migrate } = await companyMeeting(fault);
    expect((await migrate()).status).toBe(3);
    expect(proxy.strikes()).toBeGreaterThan(0);
    proxy.arm(null);
    expect((await migrate()).status).toBe(0);
    await company.expectMoved();
  });

  it("ends with 0 when an APPEND was stored and its answer lost, and everything is there once", async () => {
    const { company, proxy, migrate } = await companyMeeting({
      at: /^APPEND /i,
      nth: 2,
      does: "lose the answer",
    });
    expect((await migrate()).status).toBe(0);
    expect(proxy.strikes()).toBe(1);
    await company.expectMoved();
  });
});
