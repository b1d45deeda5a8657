import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { systemClock } from "../../functions/runtime/composition.ts";
import { listenForTest } from "../support/listen-for-test.ts";
import { startMigrate } from "../support/migrate-command.ts";
import { masterPassword, type SmallCompany, smallCompany } from "../support/small-company.ts";
import { type Company, companyOf, salesDepartment } from "../support/wecom/company.ts";
import { WecomServer } from "../support/wecom/wecom-server.ts";

const wecomSecret = "app-secret-of-the-test";

const served = async (company: Company) => {
  const wecom = new WecomServer(company, systemClock);
  const { server, open } = wecom.listener();
  const { host, port } = await listenForTest(server, open);
  return { wecom, baseUrl: `http://${host}:${port}` };
};

/** The people of the small company, as its sheet names them. */
const colleagues = (...names: readonly string[]): Company => {
  const company = companyOf(0);
  for (const userid of names) {
    company.employees.push({ userid, name: `成员${userid}`, departments: [salesDepartment] });
  }
  return company;
};

const migrate = async (company: SmallCompany, baseUrl: string, secret: string) => {
  const directory = { kind: "wecom", corpId: "ww0123456789abcdef", secret: { env: "WECOM_SECRET" }, baseUrl };
  const settings = await company.writeSettings({ directory });
  const data = join(company.directory, "data");
  const words = ["--settings", settings, "--accounts", company.accountsFile, "--data", data];
  const command = startMigrate([...words, "--through", "history", "--json"], {
    TARGET_MASTER_PASSWORD: masterPassword,
    WECOM_SECRET: secret,
  });
  return { data, ...(await command.ended) };
};

const Document = z.object({
  accounts: z.object({ total: z.number(), completed: z.number() }),
  messages: z.object({ source: z.number(), copied: z.number() }),
});

describe("npm run migrate with WeCom as the directory", () => {
  it("reads the members by itself and leaves neither secret nor token behind", async () => {
    const company = await smallCompany(3);
    const { wecom, baseUrl } = await served(colleagues("zhangwei", "lina", "wangfang"));
    const { status, stdout, stderr, data } = await migrate(company, baseUrl, wecomSecret);
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(Document.parse(JSON.parse(stdout))).toEqual({
      accounts: { total: 3, completed: 3 },
      messages: { source: company.messages, copied: company.messages },
    });
    await company.expectMoved();

    const tokens = wecom.urls.flatMap((url) => /access_token=([^&]+)/.exec(url)?.[1] ?? []);
    expect(tokens).not.toEqual([]);
    expect(await holding(data, ["ww0123456789abcdef"])).not.toEqual([]);
    expect(await holding(data, [wecomSecret, ...tokens])).toEqual([]);
  });

  it("rejects who is not in the company, and only them", async () => {
    const company = await smallCompany(3);
    const { baseUrl } = await served(colleagues("zhangwei", "lina"));
    const { status, stdout, stderr } = await migrate(company, baseUrl, wecomSecret);
    expect(status).toBe(3);
    expect(stderr).toMatch(/wangfang/);
    expect(Document.parse(JSON.parse(stdout)).accounts).toEqual({ total: 2, completed: 2 });
  });

  it("says at once that the secret is wrong, and starts nothing", async () => {
    const company = await smallCompany(1);
    const { baseUrl } = await served(colleagues("zhangwei", "lina", "wangfang"));
    const { status, stderr } = await migrate(company, baseUrl, "guessed-secret");
    expect(status).toBe(2);
    expect(stderr).toMatch(/does not accept the corp id ww0123456789abcdef with this secret/);
    expect(stderr).not.toContain("guessed-secret");
  });
});

/** The files that hold one of these texts. */
const holding = async (directory: string, texts: readonly string[]): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const content = await readFile(join(entry.parentPath, entry.name));
    if (texts.some((text) => content.includes(text))) found.push(entry.name);
  }
  return found;
};
