import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startZoneServer } from "../../infra/local/dns/zone-server.ts";
import { startMigrate } from "../support/migrate-command.ts";
import { masterPassword, smallCompany } from "../support/small-company.ts";

const domain = "example.test";

const mx = (...values: readonly string[]) => [
  {
    name: domain,
    type: "SOA",
    ttl: 1,
    values: [`ns1.${domain}. root.${domain}. 1 7200 900 1209600 1`],
  } as const,
  { name: domain, type: "MX", ttl: 1, values } as const,
];

const newMx = ["5 mxbiz1.qq.com.", "10 mxbiz2.qq.com."] as const;

describe("npm run migrate through the switch", () => {
  it("waits for the MX, is not taken in by half a change, brings over the last mail and closes", async () => {
    const company = await smallCompany(5);
    const zone = await startZoneServer({ zones: [{ name: domain, records: mx("10 mail.old.test.") }] });
    onTestFinished(() => zone.stop());
    const settings = await company.writeSettings({
      mx: { resolvers: [zone.address], authoritative: [zone.address] },
    });
    const words = [
      "--settings",
      settings,
      "--accounts",
      company.accountsFile,
      "--data",
      join(company.directory, "data"),
      "--json",
    ];
    const command = startMigrate(words, { TARGET_MASTER_PASSWORD: masterPassword });

    await command.said(/Set the MX of example\.test to exactly: 5 mxbiz1\.qq\.com, 10 mxbiz2\.qq\.com/);
    await company.deliver("wang.fang@example.test", "to the old server, at the last moment");
    zone.setRecords(domain, mx("10 mail.old.test.", ...newMx));
    await command.said(/mail\.old\.test/);
    zone.setRecords(domain, mx(...newMx));

    const { status, stdout } = await command.ended;
    expect(JSON.parse(stdout)).toMatchObject({
      phase: "closed",
      accounts: { completed: 3 },
      messages: { source: company.messages + 1, copied: company.messages + 1 },
    });
    expect(status).toBe(0);
    await company.expectMoved();
  });
});
