import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { encodeGb18030 } from "../../infra/local/demo/company/gb18030.ts";
import { startMigrate } from "../support/migrate-command.ts";
import { masterPassword, passwordOf, smallCompany } from "../support/small-company.ts";

describe("a migration whose accounts are a .csv file", () => {
  it("moves every mailbox, from a file as Excel writes it in China", async () => {
    const company = await smallCompany(2);
    const members = company.addresses.map((address) => ({ userid: address.split("@")[0], name: "成员" }));
    const membersFile = join(company.directory, "members.json");
    await writeFile(membersFile, JSON.stringify(members));
    const rows = company.addresses.map((address) => [
      address,
      address.split("@")[0],
      passwordOf(address),
      "张三",
    ]);
    const table = [["原邮箱地址*", "企业微信成员账号*", "原邮箱密码", "姓名"], ...rows];
    const accounts = join(company.directory, "名单.csv");
    await writeFile(accounts, encodeGb18030(table.map((cells) => cells.join(",")).join("\r\n")));
    const settings = await company.writeSettings({ directory: { kind: "file", path: membersFile } });
    const { status, stdout, stderr } = await startMigrate(
      [
        ...["--settings", settings, "--accounts", accounts, "--through", "history", "--json"],
        ...["--data", join(company.directory, "data")],
      ],
      { TARGET_MASTER_PASSWORD: masterPassword },
    ).ended;
    expect(stderr).not.toContain("Error");
    expect([status, JSON.parse(stdout)]).toMatchObject([0, { accounts: { total: 3, completed: 3 } }]);
    await company.expectMoved();
  });

  it("is refused before anything starts when its characters cannot be told", async () => {
    const company = await smallCompany(0);
    const accounts = join(company.directory, "accounts.csv");
    await writeFile(
      accounts,
      Buffer.from("Source address,Member account,Name\na@example.test,a,Müller\n", "latin1"),
    );
    const words = ["--settings", await company.writeSettings(), "--accounts", accounts];
    const { status, stderr } = await startMigrate([...words, "--data", join(company.directory, "data")], {
      TARGET_MASTER_PASSWORD: masterPassword,
    }).ended;
    expect(status).toBe(2);
    expect(stderr).toMatch(/accounts\.csv cannot be read: its characters are neither UTF-8 nor GB18030/);
  });
});
