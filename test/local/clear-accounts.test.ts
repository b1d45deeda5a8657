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
        // What people read is in their language; what scripts read is not.
        LANG: "zh_CN.UTF-8",
      };
      const command = (name: string, ...words: string[]) =>
        startCommand(name, [...words, "--aws-endpoint", cloud.endpoint], environment).ended;
      const migrate = (through: string) =>
        command("migrate", "--settings", settings, "--accounts", company.accountsFile, "--through", through);
      const clear = async (...words: string[]) => {
        const { status, stdout, stderr } = await command("operator", "clear-accounts", ...words);
        // Said before there is an answer, and not where nothing was begun.
        expect(/^正在删除账号及其密码/.test(stderr)).toBe(stdout !== "");
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
      const moved = await migrate("history");
      expect(moved).toMatchObject({ status: 0 });
      expect(moved.stderr).toMatch(/，第 1 轮（首轮）：3 个邮箱中 3 个迁移完成；邮件 \d+\/\d+ 封/);
      expect(moved.stdout).toMatch(/^example\.test：3 个邮箱中 3 个迁移完成，阶段：迁移历史邮件，用时 /);
      const [address = ""] = company.addresses;
      expect(await clear(address)).toMatchObject({
        status: 3,
        answer: { outcome: "done", cleared: { removed: 0, kept: 1, keptFirst: [address] } },
      });
      expect(await kept()).toHaveLength(3);
    });
    await company.expectMoved();
  });
});
