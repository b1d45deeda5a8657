import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readAccounts } from "../../infra/local/cli/read-accounts.ts";
import { withLocalPipeline } from "../../infra/local/cli/with-pipeline.ts";
import { startCommand } from "../support/migrate-command.ts";
import { masterPassword, smallCompany } from "../support/small-company.ts";

describe("accounts that are cleared", () => {
  it("are gone with their passwords and can be imported anew; what has begun to copy stays", async () => {
    const company = await smallCompany(1);
    const settings = await company.writeSettings();
    await withLocalPipeline(join(company.directory, "cloud"), async (pipeline, cloud) => {
      const environment = {
        TARGET_MASTER_PASSWORD: masterPassword,
        AWS_REGION: cloud.region,
        AWS_ACCESS_KEY_ID: cloud.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: cloud.credentials.secretAccessKey,
      };
      const command = (name: string, ...words: string[]) =>
        startCommand(name, [...words, "--aws-endpoint", cloud.endpoint], environment).ended;
      const migrate = (through: string) =>
        command("migrate", "--settings", settings, "--accounts", company.accountsFile, "--through", through);
      const clear = async (...words: string[]) => {
        const { status, stdout } = await command("operator", "clear-accounts", ...words);
        return { status, answer: stdout === "" ? null : JSON.parse(stdout) };
      };
      const kept = async () => {
        const [migration] = await pipeline.migrations.list();
        return migration === undefined ? [] : readAccounts(pipeline.accounts, migration.migrationId);
      };

      expect(await migrate("accounts")).toMatchObject({ status: 0 });
      expect(await kept()).toHaveLength(3);
      expect(await clear()).toMatchObject({ status: 2 });
      expect(await clear("--all")).toEqual({
        status: 0,
        answer: { outcome: "done", cleared: { removed: 3, kept: 0, keptFirst: [], left: 0 } },
      });
      expect(await kept()).toEqual([]);
      expect(await migrate("history")).toMatchObject({ status: 0 });
      const [address = ""] = company.addresses;
      expect(await clear(address)).toMatchObject({
        answer: { outcome: "done", cleared: { removed: 0, kept: 1, keptFirst: [address] } },
      });
      expect(await kept()).toHaveLength(3);
    });
    await company.expectMoved();
  });
});
