import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { invokeFunction } from "../../infra/local/cli/operate.ts";
import type { Pipeline } from "../../infra/local/cli/pipeline.ts";
import { withLocalPipeline } from "../../infra/local/cli/with-pipeline.ts";
import type { LocalCloud } from "../../infra/local/cloud.ts";
import type { Account } from "../../shared/contract/account.ts";
import { MailAddress, type MigrationId, PassNumber } from "../../shared/contract/ids.ts";
import { Migration } from "../../shared/contract/migration.ts";
import { eventually } from "../support/eventually.ts";
import { startMigrate } from "../support/migrate-command.ts";
import { exampleAccount } from "../support/migration-example.ts";
import { asked, askingHistory } from "../support/notice-world.ts";
import { masterPassword, passwordOf, type SmallCompany, smallCompany } from "../support/small-company.ts";

const askedAddress = MailAddress.parse("li.na@example.test");
const askedInPass = { ...asked, pass: PassNumber.parse(1) };
const Mail = z.object({
  from: z.string(),
  to: z.array(z.string()),
  replyTo: z.array(z.string()),
  subject: z.string(),
  text: z.string(),
});

const mailsIn = async ({ outbox }: LocalCloud) => {
  const names = (await readdir(outbox)).filter((name) => name.endsWith(".json")).sort();
  const texts = await Promise.all(names.map((name) => readFile(join(outbox, name), "utf8")));
  return texts.map((text) => Mail.parse(JSON.parse(text)));
};

/** Runs the history until everything has ended that can, and gives what the command printed of the one who is asked. */
const migrateHistory = async (company: SmallCompany, cloud: LocalCloud) => {
  const settings = await company.writeSettings({
    members: { ask: true, linkDays: 3 },
    notices: { from: "it@example.test", admin: "admin@example.test" },
  });
  const { region, credentials, endpoint } = cloud;
  const { status, stdout } = await startMigrate(
    [
      ...["--settings", settings, "--accounts", company.accountsFile, "--through", "history", "--json"],
      ...["--aws-endpoint", endpoint],
    ],
    {
      TARGET_MASTER_PASSWORD: masterPassword,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
  ).ended;
  expect(status).toBe(3);
  const { migrationId, perAccount } = z
    .object({
      migrationId: z.string(),
      perAccount: z.array(
        z.object({ address: z.string(), status: z.string(), reason: z.string().nullable() }),
      ),
    })
    .parse(JSON.parse(stdout));
  return { migrationId, line: perAccount.find(({ address }) => address === askedAddress) };
};

const accountWhen = (
  { accounts }: Pipeline,
  id: MigrationId,
  address: MailAddress,
  what: string,
  isSo: (account: Account) => boolean,
) =>
  eventually(
    `${address} ${what}`,
    async () => {
      const account = await accounts.get(id, address);
      return account !== null && isSo(account) ? account : undefined;
    },
    120_000,
  );

/** A history of its own, whose only member's mail comes back: the address is one of SES' mailbox simulator. */
const expectBounceNoted = async (pipeline: Pipeline, cloud: LocalCloud): Promise<void> => {
  const address = MailAddress.parse("bounce@simulator.amazonses.com");
  const now = new Date().toISOString();
  const migration = Migration.parse({
    ...askingHistory({ copy: { deltaEveryMinutes: 10_080 } }),
    pass: { number: 1, kind: "initial", requestedAt: now, fannedOut: true, settledAt: now, copied: 0 },
  });
  const { migrationId } = migration;
  await pipeline.migrations.create(migration);
  await pipeline.accounts.createAll([{ ...exampleAccount(1, { state: askedInPass }), address }]);
  const remind = (only?: readonly string[]) =>
    invokeFunction(pipeline.lambda, pipeline.outputs.OperatorCommandFunctionName, {
      command: "remind",
      migrationId,
      ...(only === undefined ? {} : { only }),
    });
  expect(await remind()).toMatchObject({ outcome: "done", reminders: { reminded: 1 } });
  const isLost = ({ notice }: Account) => notice?.mail?.outcome === "undeliverable";
  const { notice } = await accountWhen(pipeline, migrationId, address, "not reached", isLost);
  expect(notice).toMatchObject({
    kind: "remind",
    number: 1,
    mail: { reason: "bounced", words: "smtp; 550 5.1.1 user unknown" },
  });
  expect(await remind()).toMatchObject({ reminders: { reminded: 0, undeliverable: 1 } });
  expect(await remind([address])).toMatchObject({ reminders: { reminded: 0, tooEarly: 1 } });
  expect(await mailsIn(cloud)).toHaveLength(2);
};

describe("a member whose password nobody has", () => {
  it("is asked by mail, gives it on the page behind the link, and the mailbox is moved; mail that comes back is noted", async () => {
    const company = await smallCompany(3);
    await company.writeAccounts({ passwords: { [askedAddress]: "" } });
    await withLocalPipeline(join(company.directory, "data"), async (pipeline, cloud) => {
      const { migrationId, line } = await migrateHistory(company, cloud);
      expect(line).toMatchObject({ status: "notStarted", reason: expect.stringContaining("password") });

      const [mail] = await eventually("the mail", async () => {
        const mails = await mailsIn(cloud);
        return mails.length > 0 ? mails : undefined;
      });
      expect(mail).toMatchObject({
        from: "it@example.test",
        to: [askedAddress],
        replyTo: ["admin@example.test"],
        subject: "example.test 邮箱迁移：请填写一次原邮箱密码",
      });
      const link = mail?.text.match(/^http:\/\/\S+$/m)?.[0] ?? "no link";
      expect(link.startsWith(`${cloud.outputs.MemberPageUrl}/`)).toBe(true);
      const page = await fetch(link);
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("<form")]);

      const body = new URLSearchParams({ password: passwordOf(askedAddress) });
      const answer = await fetch(link, { method: "POST", body });
      expect(answer.ok).toBe(true);
      const id = (await pipeline.migrations.list())[0]?.migrationId;
      if (id === undefined || id !== migrationId) throw new Error("The migration is not there.");
      await accountWhen(pipeline, id, askedAddress, "moved", ({ state }) => state.status === "completed");
      await company.expectMoved();

      const answered = await invokeFunction(pipeline.lambda, pipeline.outputs.OperatorCommandFunctionName, {
        command: "remind",
        migrationId: id,
      });
      expect(answered).toEqual({
        outcome: "done",
        reminders: { reminded: 0, tooEarly: 0, undeliverable: 0 },
      });
      expect(await mailsIn(cloud)).toHaveLength(1);

      await expectBounceNoted(pipeline, cloud);
    });
  });
});
