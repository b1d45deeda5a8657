import ExcelJS from "exceljs";
import { describe, expect, it } from "vitest";
import { workbookWriter } from "../../functions/adapters/excel/write-workbook.ts";
import { accountsTemplate } from "../../shared/accounts/accounts-template.ts";
import { Member } from "../../shared/accounts/directory.ts";
import { fillIn } from "../../shared/accounts/row-check.ts";
import { objectKeys } from "../../shared/contract/objects.ts";
import { exceljsWorkbook } from "../support/exceljs-workbook.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import { exampleAccount, exampleId, inHistory } from "../support/migration-example.ts";
import {
  filledIn,
  importUploaded,
  passwordPorts,
  uploadAndImport,
  uploadedTo,
  uploadNumbered,
} from "../support/password-file.ts";

const ready = () =>
  passwordPorts(inHistory({ fannedOut: true }), [exampleAccount(1), exampleAccount(2)], { member2: "held" });

const headers = ["原邮箱地址", "企业微信成员账号", "姓名", "所在部门", "原邮箱密码"];
const errorsKey = objectKeys.passwordErrors(exampleId, "passwords.xlsx");

const oneBadRow = () =>
  exceljsWorkbook({
    导入原邮箱密码: [
      headers,
      ["member1@yunfan.example", "member1", "李四", "销售部", "Pw-first"],
      ["member2@yunfan.example", "member2", "成员2", "销售部", "已存在密码"],
    ],
  });

describe("rows of a file of passwords that cannot be used", () => {
  it("are kept as a file of passwords that can be mended and imported, and hold no password", async () => {
    const ports = await ready();
    const run = await uploadAndImport(ports, await oneBadRow());
    expect(run).toMatchObject({ outcome: "imported", rejected: 1, unchanged: 1, errorsKey });
    expect(ports.objects.keys()).toEqual([errorsKey]);
    const kept = await ports.objects.read(errorsKey, 1_000_000);
    if (kept === null) throw new Error("The errors are not kept.");

    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(new Uint8Array(kept).buffer);
    const sheet = workbook.worksheets[0];
    let row = 0;
    sheet?.eachRow((each, number) => {
      if (each.getCell(1).text === "member1@yunfan.example") row = number;
    });
    const name = sheet?.getCell(`C${row}`);
    expect(name?.text).toBe(fillIn);
    expect(name?.fill).toMatchObject({ type: "pattern" });
    expect(JSON.stringify(name?.note)).toContain("成员1");
    expect(JSON.stringify(workbook.model)).not.toContain("Pw-first");

    const mended = await filledIn(kept, { [`C${row}`]: "成员1", [`E${row}`]: "Pw-second" });
    const again = await uploadAndImport(ports, mended, uploadNumbered(2, "mended.xlsx"));
    expect(again).toMatchObject({ outcome: "imported", changed: 1, rejected: 0, errors: [] });
    expect(again).not.toHaveProperty("errorsKey");
    expect(await ports.password("member1")).toBe("Pw-second");
  });

  it("are kept wherever the import is cut off", async () => {
    const bytes = await oneBadRow();
    const cuts = await interruptEverywhere({
      begin: async () => uploadedTo(await ready(), bytes),
      run: (ports) => importUploaded(ports),
      check: async (ports) => {
        expect(ports.objects.keys()).toEqual([errorsKey]);
        expect(await ports.passwordRuns.get(exampleId, "passwords.xlsx")).toMatchObject({ errorsKey });
      },
    });
    expect(cuts).toBeGreaterThan(8);
  });
});

const mistaken = { outcome: "unusable", error: { name: "AccountsFileGiven" } };
const memberHeaders = "原邮箱地址*,企业微信成员账号*,原邮箱密码,姓名,所在部门";

describe("an accounts workbook given instead of a file of passwords", () => {
  it("is said to be one, and nothing of it is taken", async () => {
    const ports = await ready();
    const members = [1, 2, 3].map((number) =>
      Member.parse({ userid: `member${number}`, name: `成员${number}`, departments: ["销售部"] }),
    );
    const template = await workbookWriter.write(
      accountsTemplate({ domain: "yunfan.example", members, asksTargetPassword: false }),
    );
    expect(await uploadAndImport(ports, template)).toMatchObject(mistaken);
    expect(ports.objects.keys()).toEqual([]);

    const filled = await exceljsWorkbook({
      成员邮箱名单: [headers, ["member1@yunfan.example", "member1", "成员1", "销售部", "Pw-first"]],
    });
    expect(await uploadAndImport(ports, filled, uploadNumbered(2))).toMatchObject(mistaken);
    const english = await exceljsWorkbook({
      Members: [headers, ["member1@yunfan.example", "member1", "成员1", "销售部", "Pw-first"]],
      Directory: [["账号"], ["member1"]],
    });
    expect(await uploadAndImport(ports, english, uploadNumbered(3))).toMatchObject(mistaken);
    expect(await ports.password("member1")).toBeNull();
  });

  it("is known as a .csv by its members without a mailbox", async () => {
    const ports = await ready();
    const csv = (...rows: readonly string[]) =>
      new TextEncoder().encode(`${[memberHeaders, ...rows].join("\n")}\n`);
    const good = "member1@yunfan.example,member1,Pw-first,成员1,销售部";
    const upload = uploadNumbered(1, "passwords.csv");
    expect(await uploadAndImport(ports, csv(good, ",member9,,成员9,销售部"), upload)).toMatchObject(mistaken);
    expect(await ports.password("member1")).toBeNull();
    // With an address in each row it says all that a file of passwords has to.
    const whole = await uploadAndImport(ports, csv(good), uploadNumbered(2, "passwords.csv"));
    expect(whole).toMatchObject({ outcome: "imported", changed: 1 });
  });

  it("is not what somebody's own list of passwords is taken for", async () => {
    const ports = await ready();
    const bytes = await exceljsWorkbook({
      Users: [
        ["Email", "Password"],
        ["member1@yunfan.example", "Pw-first"],
      ],
    });
    expect(await uploadAndImport(ports, bytes)).toMatchObject({ outcome: "imported", changed: 1 });
  });
});
