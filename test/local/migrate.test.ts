import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { startMigrate } from "../support/migrate-command.ts";
import { searchSecrets } from "../support/search-secrets.ts";
import { masterPassword, passwordOf, type SmallCompany, smallCompany } from "../support/small-company.ts";
import { textsOf } from "../support/template-workbook.ts";

const environment = { TARGET_MASTER_PASSWORD: masterPassword };

const Document = z.object({
  domain: z.string(),
  phase: z.string(),
  accounts: z.object({
    total: z.number(),
    completed: z.number(),
    failed: z.number(),
    notStarted: z.number(),
  }),
  messages: z.object({
    source: z.number(),
    copied: z.number(),
    alreadyThere: z.number(),
    refused: z.number(),
  }),
  perAccount: z.array(z.object({ address: z.string(), status: z.string(), reason: z.string().nullable() })),
});

const migrateThroughHistory = async (company: SmallCompany, data: string) => {
  const settings = await company.writeSettings();
  const words = [...company.words(settings, data), "--through", "history", "--json"];
  const { status, stdout, stderr } = await startMigrate(words, environment).ended;
  expect(stderr.includes(masterPassword)).toBe(false);
  return { status, stderr, document: Document.parse(JSON.parse(stdout)) };
};

describe("npm run migrate", () => {
  it("moves every message, once, whatever directory it is run again with", async () => {
    const company = await smallCompany();
    const first = await migrateThroughHistory(company, "first");
    expect(first).toMatchObject({
      status: 0,
      document: {
        phase: "history",
        accounts: { total: 3, completed: 3, failed: 0, notStarted: 0 },
        messages: { source: company.messages, copied: company.messages, alreadyThere: 0, refused: 0 },
      },
    });
    await company.expectMoved();

    await company.deliver("li.na@example.test", "arrived meanwhile");
    const again = await migrateThroughHistory(company, "first");
    expect(again).toMatchObject({
      status: 0,
      document: {
        messages: { source: company.messages + 1, copied: 1, alreadyThere: company.messages, refused: 0 },
      },
    });
    await company.expectMoved();

    const elsewhere = await migrateThroughHistory(company, "second");
    expect(elsewhere).toMatchObject({
      status: 0,
      document: {
        messages: { source: company.messages + 1, copied: 0, alreadyThere: company.messages + 1, refused: 0 },
      },
    });
    await company.expectMoved();
  });

  it("leaves no password behind: not in the table, the queue, the histories, the logs or the objects", async () => {
    const company = await smallCompany(3);
    await migrateThroughHistory(company, "data");
    const secrets = [
      { name: "the master password", secret: masterPassword },
      ...company.addresses.map((address) => ({ name: `${address}'s password`, secret: passwordOf(address) })),
    ];
    expect(await searchSecrets(join(company.directory, "data"), secrets)).toEqual([]);
  });

  it("says which mailbox has a wrong password, moves the others and ends with 3", async () => {
    const company = await smallCompany(3);
    const wrong = "li.na@example.test";
    await company.writeAccounts({ passwords: { [wrong]: "not-the-password" } });
    const { status, document } = await migrateThroughHistory(company, "data");
    expect(status).toBe(3);
    expect(document.accounts).toMatchObject({ total: 3, completed: 2, failed: 0, notStarted: 1 });
    expect(document.perAccount.find(({ address }) => address === wrong)).toMatchObject({
      status: "notStarted",
      reason: expect.stringContaining("source server refused the login of li.na@example.test"),
    });

    await company.writeAccounts({});
    const corrected = await migrateThroughHistory(company, "data");
    expect(corrected).toMatchObject({ status: 0, document: { accounts: { completed: 3, notStarted: 0 } } });
    await company.expectMoved();
  });

  it("moves the good rows of a sheet with bad ones, names these and ends with 3", async () => {
    const company = await smallCompany(3);
    await company.writeAccounts({
      extraRows: [
        ["", "li.na@example.test", "lina", "password-of-a-bad-row", ""],
        ["", "nobody@elsewhere.test", "x", "y", ""],
      ],
    });
    const { status, stderr } = await migrateThroughHistory(company, "data");
    expect(status).toBe(3);
    expect(stderr).toMatch(
      /Sheet 成员邮箱名单, row 5, column .*li\.na@example\.test already stands in row 3/,
    );
    expect(stderr).toMatch(/row 6.*nobody@elsewhere\.test does not belong to example\.test/);
    const saved = join(company.directory, "accounts.errors.xlsx");
    expect(stderr).toContain(saved);
    const errors = await textsOf(await readFile(saved));
    expect(errors).toMatch(/li\.na@example\.test[\s\S]*nobody@elsewhere\.test/);
    expect(errors).not.toContain("password-of-a-bad-row");
    await company.expectMoved();
  });
});

describe("npm run migrate, killed", () => {
  it("comes to the same end however often it is killed in the middle", async () => {
    const company = await smallCompany(400);
    const settings = await company.writeSettings();
    const words = [...company.words(settings), "--through", "history", "--json"];
    for (const moment of [/accounts/, /history/, /[1-9]\d* of [1-9]\d* messages/]) {
      const command = startMigrate(words, environment);
      await command.said(moment);
      command.child.kill("SIGKILL");
      await command.ended;
    }
    const { status } = await startMigrate(words, environment).ended;
    expect(status).toBe(0);
    await company.expectMoved();
  });
});
