import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startMigrate } from "../support/migrate-command.ts";
import { searchSecrets } from "../support/search-secrets.ts";
import { masterPassword, smallCompany } from "../support/small-company.ts";
import { tokenService } from "../support/token-service.ts";

const clientSecret = "the~secret+of the application";

describe("npm run migrate with an application's access tokens", () => {
  it("copies every mailbox without a password of any, and leaves neither secret nor token anywhere", async () => {
    const service = await tokenService({ application: { clientId: "mailferry", clientSecret } });
    const company = await smallCompany(5, {
      oauth2: { tokenInfoUrl: service.tokenInfoUrl, attribute: "holder", opens: "every account" },
    });
    await company.writeAccounts({
      passwords: Object.fromEntries(company.addresses.map((address) => [address, ""])),
    });
    const { host, port } = company.source;
    const settings = await company.writeSettings({
      source: {
        host,
        port,
        tls: "none",
        auth: {
          kind: "oauth2",
          provider: "microsoft365",
          tenant: "example.test",
          clientId: "mailferry",
          clientSecret: { env: "CLIENT_SECRET" },
          tokenEndpoint: service.tokenEndpoint,
        },
      },
    });
    const data = join(company.directory, "data");
    const words = ["--settings", settings, "--accounts", company.accountsFile, "--data", data];
    const { status, stdout, stderr } = await startMigrate([...words, "--through", "history", "--json"], {
      TARGET_MASTER_PASSWORD: masterPassword,
      CLIENT_SECRET: clientSecret,
    }).ended;
    expect(JSON.parse(stdout)).toMatchObject({
      accounts: { total: 3, completed: 3 },
      messages: { copied: company.messages },
    });
    expect(status).toBe(0);
    await company.expectMoved();

    expect(service.given.length).toBeGreaterThan(0);
    const secrets = [clientSecret, ...service.given];
    const named = secrets.map((secret, number) => ({ name: `secret ${number}`, secret }));
    expect(await searchSecrets(data, named)).toEqual([]);
    for (const secret of secrets) expect([stdout, stderr].some((text) => text.includes(secret))).toBe(false);
  });
});
