import { writeFile } from "node:fs/promises";
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

/** Three have their mailboxes in the sheet, two have none. */
const members = [
  { userid: "zhangwei", name: "张伟" },
  { userid: "lina", name: "李娜" },
  { userid: "wangfang", name: "王芳" },
  { userid: "m2", name: "欧阳秀" },
  { userid: "m1", name: "欧阳修" },
];

describe("npm run migrate through the switch", () => {
  it("waits for the MX, is not taken in by half a change, gives members left over addresses, brings over the last mail and closes", async () => {
    const company = await smallCompany(5);
    const zone = await startZoneServer({ zones: [{ name: domain, records: mx("10 mail.old.test.") }] });
    onTestFinished(() => zone.stop());
    await writeFile(join(company.directory, "members.json"), JSON.stringify(members));
    const settings = await company.writeSettings({
      directory: { kind: "file", path: "members.json" },
      allocation: "assign",
      mx: { resolvers: [zone.address], authoritative: [zone.address] },
    });
    const command = startMigrate([...company.words(settings), "--json"], {
      TARGET_MASTER_PASSWORD: masterPassword,
    });

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
      allocated: [
        { memberId: "m1", address: `ouyangxiu@${domain}`, origin: "name", status: "confirmed" },
        { memberId: "m2", address: `ouyangxiu2@${domain}`, origin: "name", status: "confirmed" },
      ],
    });
    expect(status).toBe(0);
    await company.expectMoved();
  });
});
