import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startCommand } from "../support/migrate-command.ts";
import { firstRow, firstRowOf, opened, sheetOfWorkbook } from "../support/template-workbook.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";
import { serveWecom } from "../support/wecom/serve-wecom.ts";

const members = [
  { userid: "zhang", name: "张三", departments: ["研发部"], email: "zhang@example.test" },
  { userid: "li", name: "李四" },
];

const settingsWith = (directory: unknown) => ({
  domain: "example.test",
  source: { host: "127.0.0.1", tls: "none" },
  target: {
    kind: "imap",
    host: "127.0.0.1",
    tls: "none",
    auth: { kind: "master", user: "m", password: { env: "NOT_NEEDED_HERE" } },
  },
  directory,
});

/** Runs the command in a directory of its own, with these members in `members.json`. */
const template = async (directory: unknown, file: unknown = members, environment = {}) => {
  const folder = await temporaryDirectory();
  const settings = join(folder, "migration.json");
  const out = join(folder, "accounts.xlsx");
  await writeFile(settings, JSON.stringify(settingsWith(directory)));
  await writeFile(join(folder, "members.json"), typeof file === "string" ? file : JSON.stringify(file));
  const run = () => startCommand("template", ["--settings", settings, "--out", out], environment).ended;
  return { out, run };
};

const fileDirectory = { kind: "file", path: "members.json" };

describe("npm run template", () => {
  it("writes the members of the directory file, found beside the settings, and needs none of their secrets", async () => {
    const { out, run } = await template(fileDirectory);
    expect(await run()).toMatchObject({
      status: 0,
      stdout: "",
      stderr: expect.stringContaining("2 members"),
    });
    const row = firstRow(await opened(await readFile(out)), "成员邮箱名单");
    expect([1, 2, 4, 5].map((column) => row.getCell(column).text)).toEqual([
      "zhang@example.test",
      "zhang",
      "张三",
      "研发部",
    ]);
  });

  it("never writes over a file: somebody may have filled it in", async () => {
    const { out, run } = await template(fileDirectory);
    await writeFile(out, "filled in");
    expect(await run()).toMatchObject({
      status: 2,
      stderr: expect.stringMatching(/^\S+accounts\.xlsx is there already and is not overwritten;/),
    });
    expect(await readFile(out, "utf8")).toBe("filled in");
  });

  it("says in Chinese, too, that the admin fills in the third sheet where the settings name no directory", async () => {
    const { out, run } = await template({ kind: "sheet" }, [], { LANG: "zh_CN.UTF-8" });
    expect(await run()).toMatchObject({ status: 0, stderr: expect.stringMatching(/第三张工作表/) });
    const sheet = sheetOfWorkbook(await opened(await readFile(out)), "【参考】企业微信通讯录");
    expect(sheet.rowCount).toBe(firstRowOf(sheet) - 1);
  });

  it("asks WeCom for the members where the settings name it", async () => {
    const { baseUrl, asApp, company } = await serveWecom();
    const { corpId, secret } = asApp;
    const { out, run } = await template({ kind: "wecom", corpId, secret, baseUrl });
    const { status, stderr } = await run();
    expect([status, stderr]).toEqual([0, expect.stringContaining(`${company.employees.length} members`)]);
    expect(stderr).not.toContain(secret);
    const sheet = sheetOfWorkbook(await opened(await readFile(out)), "成员邮箱名单");
    const accounts = company.employees.map((_one, index) => sheet.getCell(firstRowOf(sheet) + index, 2).text);
    expect(accounts.toSorted()).toEqual(company.employees.map(({ userid }) => userid).toSorted());
  });

  it.each([
    ["a directory that is no JSON", fileDirectory, "{", /members' directory members\.json cannot be used/],
    ["a directory that is not there", { kind: "file", path: "absent.json" }, [], /absent\.json/],
    ["settings with an unknown key", { kind: "file", pth: "x" }, [], /directory\.p/],
  ])("refuses %s with 2 and writes nothing", async (_what, directory, file, words) => {
    const { out, run } = await template(directory, file);
    expect(await run()).toMatchObject({ status: 2, stderr: expect.stringMatching(words) });
    await expect(readFile(out)).rejects.toThrow("ENOENT");
  });

  it("says in the terminal's language what is wrong with the settings", async () => {
    const { run } = await template({ kind: "file", pth: "x" }, [], { LANG: "zh_CN.UTF-8" });
    const { status, stderr } = await run();
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(/：directory\.path：缺少\n.*：directory\.pth：未知的键，是否应为 path？/),
    ]);
  });

  it("tells how it is used", async () => {
    const { status, stderr } = await startCommand("template", ["--out", "accounts.csv"], {}).ended;
    expect([status, stderr]).toEqual([2, expect.stringMatching(/--settings FILE is needed[\s\S]*\.xlsx/)]);
  });
});
