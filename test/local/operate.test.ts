import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Pipeline } from "../../infra/local/cli/pipeline.ts";
import { withLocalPipeline } from "../../infra/local/cli/with-pipeline.ts";
import type { LocalCloud } from "../../infra/local/cloud.ts";
import { MailAddress } from "../../shared/contract/ids.ts";
import { isCopying } from "../../shared/passes/participation.ts";
import { eventually } from "../support/eventually.ts";
import { exceljsWorkbook } from "../support/exceljs-workbook.ts";
import { startCommand } from "../support/migrate-command.ts";
import { filledIn, passwordCell } from "../support/password-file.ts";
import { searchSecrets } from "../support/search-secrets.ts";
import { masterPassword, passwordOf, type SmallCompany, smallCompany } from "../support/small-company.ts";

const [zhang, li, wang] = ["zhang.wei", "li.na", "wang.fang"].map((name) =>
  MailAddress.parse(`${name}@example.test`),
);

/** Wang Fang's mailbox is a public one that Zhang Wei uses; nobody has Zhang Wei's password, and Li Na's is a wrong one. */
const writeAccounts = async ({ accountsFile }: SmallCompany): Promise<void> =>
  writeFile(
    accountsFile,
    await exceljsWorkbook({
      成员邮箱名单: [
        ["原邮箱地址*", "企业微信成员账号*", "原邮箱密码", "姓名", "所在部门"],
        [zhang, "zhangwei", "", "张伟", "销售部"],
        [li, "lina", "wrong-from-the-start", "李娜", "=销售部"],
      ],
      公共邮箱名单: [
        ["公共邮箱地址*", "原邮箱密码", "使用成员", "名称"],
        [wang, passwordOf(String(wang)), "zhangwei", "客服"],
      ],
      "【参考】企业微信通讯录": [
        ["企业邮箱", "账号", "姓名", "部门", "手机"],
        ["", "zhangwei", "张伟", "销售部", ""],
        ["", "lina", "李娜", "销售部", ""],
      ],
    }),
  );

const environmentOf = ({ region, credentials }: LocalCloud) => ({
  TARGET_MASTER_PASSWORD: masterPassword,
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
});

/** Runs `npm run operate` against a pipeline; stdout must be one JSON document. */
const operate = async (
  cloud: LocalCloud,
  words: readonly string[],
  input = "",
  locale: Readonly<Record<string, string>> = {},
) => {
  const all = [...words, "--aws-endpoint", cloud.endpoint];
  const environment = { ...environmentOf(cloud), ...locale };
  const { status, stdout, stderr } = await startCommand("operator", all, environment, input).ended;
  return { status, stderr, answer: stdout === "" ? null : z.looseObject({}).parse(JSON.parse(stdout)) };
};

/** A loaded machine takes its time; this only ends what hangs. */
const patience = 120_000;

const stateOf = async ({ migrations, accounts }: Pipeline, address: MailAddress | undefined) => {
  const [migration] = await migrations.list();
  const account =
    migration === undefined || address === undefined
      ? null
      : await accounts.get(migration.migrationId, address);
  if (account === null) throw new Error(`There is no account ${address}.`);
  return account.state;
};

const completed = (pipeline: Pipeline, address: MailAddress | undefined) =>
  eventually(
    `${address} completed`,
    async () => ((await stateOf(pipeline, address)).status === "completed" ? true : undefined),
    patience,
  );

const settled = ({ migrations }: Pipeline) =>
  eventually(
    "the pass settled",
    async () => {
      const [migration] = await migrations.list();
      return migration !== undefined && isCopying(migration) ? migration.pass.settledAt : undefined;
    },
    patience,
  );

describe("npm run operate", () => {
  it("takes passwords, one by one and by file, and what waited for them is copied", async () => {
    const company = await smallCompany(3);
    await writeAccounts(company);
    const settings = await company.writeSettings();
    await withLocalPipeline(join(company.directory, "cloud"), async (pipeline, cloud) => {
      const words = ["--settings", settings, "--accounts", company.accountsFile, "--through", "history"];
      const migrate = [...words, "--json", "--aws-endpoint", cloud.endpoint];
      expect(await startCommand("migrate", migrate, environmentOf(cloud)).ended).toMatchObject({ status: 3 });
      expect(await stateOf(pipeline, zhang)).toMatchObject({ reason: { kind: "passwordMissing" } });
      expect(await stateOf(pipeline, li)).toMatchObject({ reason: { kind: "loginRefused" } });
      expect(await stateOf(pipeline, wang)).toMatchObject({ reason: { kind: "awaitingUser" } });

      const report = await operate(cloud, ["report"]);
      expect(report).toMatchObject({ status: 0, answer: { accounts: { total: 3, notStarted: 3 } } });
      expect(report.stderr).toContain("There is no password for the old mailbox.");
      const inChinese = await operate(cloud, ["report"], "", { LC_ALL: "zh_CN.UTF-8" });
      expect(inChinese.answer).toMatchObject({ accounts: { total: 3 } });
      expect(inChinese.stderr).toContain("缺少原邮箱密码。请输入密码");
      expect(inChinese.stderr).toContain(`原邮件服务器拒绝 ${li} 登录`);
      expect(inChinese.stderr).not.toContain("There is no password");

      const wrong = await operate(cloud, ["enter-password", String(zhang)], "not-this-one\n");
      expect(wrong).toMatchObject({ status: 3, answer: { outcome: "refused" } });
      expect(wrong.stderr).not.toContain("not-this-one");
      expect(await stateOf(pipeline, zhang)).toMatchObject({ status: "notStarted" });

      const right = await operate(cloud, ["enter-password", String(zhang)], `${passwordOf(String(zhang))}\n`);
      expect(right).toMatchObject({ status: 0, answer: { outcome: "accepted" } });
      await completed(pipeline, zhang);
      await completed(pipeline, wang);

      const file = join(company.directory, "passwords.xlsx");
      expect(await operate(cloud, ["export-passwords", "--out", file])).toMatchObject({ status: 0 });
      expect(await operate(cloud, ["export-passwords", "--out", file])).toMatchObject({
        status: 2,
        answer: null,
      });
      const exported = await readFile(file);
      const cell = await passwordCell(exported, String(li));
      const bad = { A99: "x@example.test", E99: "pw-in-a-row-that-is-rejected" };
      await writeFile(file, await filledIn(exported, { [cell]: "another-wrong-one", ...bad }));
      const half = await operate(cloud, ["import-passwords", file]);
      expect(half).toMatchObject({ status: 3, answer: { changed: 1, rejected: 1, started: 1 } });
      expect(half.stderr).toContain("x@example.test");
      const rejected = join(company.directory, "passwords.errors.xlsx");
      expect(half.stderr).toContain(rejected);
      expect((await readFile(rejected)).subarray(0, 2).toString()).toBe("PK");
      const find = (name: string, secret: string) =>
        searchSecrets(join(company.directory, "cloud"), [{ name, secret }]);
      expect(await find("the password", bad.E99)).toEqual([]);
      expect((await find("the address", bad.A99)).join("\n")).toContain("s3/");

      const mistaken = await operate(cloud, ["import-passwords", company.accountsFile]);
      expect(mistaken).toMatchObject({ status: 2, answer: { outcome: "unusable" } });
      expect(mistaken.stderr).toMatch(/^accounts\.xlsx is the accounts workbook, .*export-passwords/);

      await writeFile(file, await filledIn(exported, { [cell]: passwordOf(String(li)) }));
      const whole = await operate(cloud, ["import-passwords", file]);
      expect(whole).toMatchObject({ status: 0, answer: { changed: 1, rejected: 0 } });
      await completed(pipeline, li);

      await settled(pipeline);
      expect(await operate(cloud, ["confirm-deletions", "--address", String(li)])).toMatchObject({
        status: 3,
        answer: { outcome: "nothingDoubtful" },
      });
      const again = await operate(cloud, ["start-pass", String(li)]);
      expect(again).toMatchObject({ status: 0, answer: { outcome: "done", pass: 2 } });
      expect(await operate(cloud, ["start-pass", "--domain", "other.test"])).toMatchObject({ status: 2 });
    });
    await company.expectMoved();
  });
});
