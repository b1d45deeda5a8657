import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import exceljs from "exceljs";
import { describe, expect, it } from "vitest";
import { startMigrate } from "../support/migrate-command.ts";
import { textsOf } from "../support/template-workbook.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const usable = {
  domain: "example.test",
  source: { host: "127.0.0.1", port: 9, tls: "none" },
  target: { kind: "imap", host: "127.0.0.1", port: 9, tls: "none" },
  mx: { resolvers: ["127.0.0.1:9"], authoritative: ["127.0.0.1:9"] },
};

const memberHeaders = ["原邮箱地址", "企业微信成员账号", "原邮箱密码"];

interface Files {
  readonly settings: unknown;
  /** Null for no such file. */
  readonly accounts: string | { readonly [sheet: string]: readonly (readonly string[])[] } | null;
}

const goodSheets = {
  成员邮箱名单: [memberHeaders, ["a@example.test", "a", "secret-of-a"]],
  "【参考】企业微信通讯录": [
    ["企业邮箱", "账号", "姓名"],
    ["", "a", "A"],
  ],
};

const run = async ({ settings, accounts = goodSheets }: Partial<Files>) => {
  const directory = await temporaryDirectory();
  const settingsFile = join(directory, "migration.json");
  await writeFile(settingsFile, typeof settings === "string" ? settings : JSON.stringify(settings ?? usable));
  const accountsFile = join(directory, "accounts.xlsx");
  if (typeof accounts === "string") await writeFile(accountsFile, accounts);
  else if (accounts !== null) {
    const workbook = new exceljs.Workbook();
    for (const [name, rows] of Object.entries(accounts)) {
      const sheet = workbook.addWorksheet(name);
      for (const row of rows) sheet.addRow([...row]);
    }
    await workbook.xlsx.writeFile(accountsFile);
  }
  const data = join(directory, "data");
  await mkdir(directory, { recursive: true });
  const words = [
    "--settings",
    settingsFile,
    "--accounts",
    accountsFile,
    "--data",
    data,
    "--through",
    "history",
    "--json",
  ];
  return { ...(await startMigrate(words).ended), directory, hasStarted: existsSync(data) };
};

const target = (auth: unknown) => ({ ...usable, target: { ...usable.target, auth } });

describe("unusable input ends with 2, starts nothing and names the thing, the place and the remedy", () => {
  it.each<[string, Partial<Files>, RegExp]>([
    [
      "an unknown key",
      { settings: { ...usable, source: { ...usable.source, prot: 1 } } },
      /source\.prot: unknown key/,
    ],
    [
      "a wrong type",
      { settings: { ...usable, source: { ...usable.source, port: "993" } } },
      /source\.port: .*number/,
    ],
    ["a missing key", { settings: { ...usable, domain: undefined } }, /domain: /],
    ["no JSON", { settings: "{" }, /JSON/],
    [
      "a missing secret",
      { settings: target({ kind: "master", user: "m", password: { env: "MAILFERRY_ABSENT" } }) },
      /target\.auth\.password.*MAILFERRY_ABSENT/,
    ],
    [
      "clear text to another host",
      { settings: { ...usable, source: { host: "imap.old.test", tls: "none" } } },
      /source\.tls.*clear/,
    ],
    ["no domain", { settings: { ...usable, domain: "not a domain" } }, /not a domain/],
    [
      "no workbook",
      { accounts: "this is no workbook" },
      /accounts\.xlsx cannot be read: it is neither an \.xlsx workbook nor named \.csv/,
    ],
    ["no sheet", { accounts: { Something: [["else"]] } }, /no sheet named 成员邮箱名单/],
    [
      "no column",
      { accounts: { ...goodSheets, 成员邮箱名单: [["原邮箱地址"], ["a@example.test"]] } },
      /no column 企业微信成员账号/,
    ],
    [
      "no usable row",
      { accounts: { ...goodSheets, 成员邮箱名单: [memberHeaders, ["a@elsewhere.test", "a", "x"]] } },
      /row 2.*a@elsewhere\.test does not belong to example\.test/,
    ],
  ])("%s", async (_what, files, words) => {
    const { status, stdout, stderr, hasStarted } = await run(files);
    expect(stderr).toMatch(words);
    expect({ status, stdout, hasStarted }).toEqual({ status: 2, stdout: "", hasStarted: false });
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it("no usable row, and leaves the rows marked with their reasons beside the file, without passwords", async () => {
    const bad = [memberHeaders, ["a@elsewhere.test", "a", "secret-of-a"]];
    const { stderr, directory } = await run({ accounts: { ...goodSheets, 成员邮箱名单: bad } });
    expect(stderr).toContain(join(directory, "accounts.errors.xlsx"));
    const errors = await textsOf(await readFile(join(directory, "accounts.errors.xlsx")));
    expect(errors).toContain("a@elsewhere.test");
    expect(errors).toContain("does not belong to example.test");
    expect(errors).not.toContain("secret-of-a");
  });

  it("a missing file", async () => {
    const { status, stderr } = await startMigrate(["--settings", "absent.json", "--accounts", "absent.xlsx"])
      .ended;
    expect(stderr).toMatch(/absent\.json/);
    expect(status).toBe(2);
  });

  it("a missing workbook, without advice on how to save one", async () => {
    const { status, stderr, hasStarted } = await run({ accounts: null });
    expect(stderr).toMatch(
      /accounts\.xlsx cannot be read: there is no such file or directory\. Check the path/,
    );
    expect(stderr).not.toMatch(/Save it|ENOENT/);
    expect({ status, hasStarted }).toEqual({ status: 2, hasStarted: false });
  });
});

describe("a server that is not there", () => {
  it("ends with 1 and is named with its port", async () => {
    const { status, stderr } = await run({});
    expect(stderr).toMatch(/source server 127\.0\.0\.1:9 cannot be reached/);
    expect(status).toBe(1);
  });
});
