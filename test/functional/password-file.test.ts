import ExcelJS from "exceljs";
import { describe, expect, it } from "vitest";
import { Account } from "../../shared/contract/account.ts";
import { PassNumber, Timestamp } from "../../shared/contract/ids.ts";
import { exceljsWorkbook } from "../support/exceljs-workbook.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import { LibreOffice } from "../support/libreoffice.ts";
import { completed, exampleAccount, exampleId, inAccounts, inHistory } from "../support/migration-example.ts";
import {
  exportedFile,
  importUploaded,
  type PasswordPorts,
  passwordCell,
  passwordPorts,
  uploadAndImport,
  uploadedTo,
  uploadNumbered,
  withPasswords,
} from "../support/password-file.ts";

const missing: Account["state"] = {
  status: "notStarted",
  pass: PassNumber.parse(1),
  reason: { kind: "passwordMissing", side: "source" },
};

const service = Account.parse({
  ...{ kind: "public", migrationId: exampleId, address: "a@yunfan.example", target: "a@yunfan.example" },
  ...{ name: "=cmd|'/c calc'!A0", users: ["member1", "member2"], importedAt: inHistory().createdAt },
  ...{ state: missing, copiedEver: 0 },
});

const accounts = [
  service,
  exampleAccount(1, { state: completed(1) }),
  exampleAccount(2, { state: missing }),
  exampleAccount(3, { state: missing }),
];

const secret = "Pw-held-already";
const settled = inHistory({ fannedOut: true });
const ready = () => passwordPorts(settled, accounts, { member1: secret, member3: secret });

const waitingFor = ({ workQueue }: PasswordPorts) =>
  workQueue.waiting.map(({ address }) => address.replace(/@.*/, "")).sort();

describe("the exported file of passwords", () => {
  it("shows whose password is held and never a password, as text in which only the last column can be changed", async () => {
    const ports = await ready();
    const bytes = await exportedFile(ports);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(new Uint8Array(bytes).buffer);
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(["导入原邮箱密码"]);
    const texts: string[] = [];
    workbook.worksheets[0]?.eachRow((row) => {
      if (!row.getCell(1).text.includes("@yunfan")) return;
      texts.push([1, 2, 3, 4, 5].map((column) => row.getCell(column).text).join("|"));
      expect(row.getCell(1).protection?.locked).not.toBe(false);
      expect(row.getCell(5).numFmt).toBe("@");
      expect(row.getCell(5).protection).toMatchObject({ locked: false });
    });
    expect(texts).toEqual([
      "a@yunfan.example|member1; member2|'=cmd|'/c calc'!A0||",
      "member1@yunfan.example|member1|成员1|销售部|已存在密码",
      "member2@yunfan.example|member2|成员2|销售部|",
      "member3@yunfan.example|member3|成员3|销售部|已存在密码",
    ]);
    expect(texts.join()).not.toContain(secret);
  });

  it("changes nothing when it is imported as it is", async () => {
    const ports = await ready();
    const run = await uploadAndImport(ports, await exportedFile(ports));
    expect(run).toMatchObject({ outcome: "imported", changed: 0, unchanged: 4, rejected: 0, errors: [] });
    expect(waitingFor(ports)).toEqual([]);
    expect(await ports.password("member3")).toBe(secret);
  });
});

describe("a file of passwords that was filled in", () => {
  it("keeps what came or changed, starts those mailboxes, and is destroyed", async () => {
    const ports = await ready();
    const exported = await exportedFile(ports);
    const bytes = await withPasswords(exported, {
      member1: "changed while completed",
      member2: "came",
      a: 12_345,
    });
    expect(await uploadAndImport(ports, bytes)).toMatchObject({
      ...{ outcome: "imported", changed: 3, unchanged: 1, rejected: 0, started: 2 },
    });
    expect(await ports.password("member1")).toBe("changed while completed");
    expect(await ports.password("member2")).toBe("came");
    expect(await ports.password("a")).toBe("12345");
    expect(waitingFor(ports)).toEqual(["a", "member2"]);
    expect(ports.objects.keys()).toEqual([]);
  });

  it("changes nothing more when it comes once more", async () => {
    const ports = await ready();
    const exported = await exportedFile(ports);
    const bytes = await withPasswords(exported, { member3: "new" });
    await uploadAndImport(ports, bytes);
    expect(waitingFor(ports)).toEqual(["member3"]);
    ports.workQueue.finish();
    const [account] = ports.accounts.all(exampleId).filter(({ address }) => address.startsWith("member3"));
    if (account === undefined) throw new Error("The account is gone.");
    const reason = { kind: "awaitingUser" } as const;
    await ports.accounts.replace(account, { ...account, state: { ...missing, reason, round: 1 } });

    const again = await uploadAndImport(ports, bytes, uploadNumbered(2));
    expect(again).toMatchObject({ changed: 0, unchanged: 4, started: 0 });
    expect(waitingFor(ports)).toEqual([]);
  });

  it("comes to the same end wherever its import is cut off", async () => {
    const first = await ready();
    const exported = await exportedFile(first);
    const bytes = await withPasswords(exported, {
      member2: "came",
      member3: "changed",
    });
    const cuts = await interruptEverywhere({
      begin: async () => uploadedTo(await ready(), bytes),
      run: (ports) => importUploaded(ports),
      check: async (ports) => {
        expect(await ports.password("member2")).toBe("came");
        expect(await ports.password("member3")).toBe("changed");
        expect([...new Set(waitingFor(ports))]).toEqual(["member2", "member3"]);
        expect(ports.objects.keys()).toEqual([]);
        expect(await ports.passwordRuns.get(exampleId, "passwords.xlsx")).toMatchObject({
          outcome: "imported",
        });
      },
    });
    expect(cuts).toBeGreaterThan(30);
  });

  it("waits its turn while accounts are imported or cleared", async () => {
    const ports = await ready();
    const until = Timestamp.parse("2026-11-22T09:00:00.000Z");
    await ports.turns.create({ migrationId: exampleId, holder: "import of accounts", number: 1, until });
    await expect(uploadAndImport(ports, await exportedFile(ports))).rejects.toThrow(/tried again by itself/);
    expect(ports.objects.keys()).toHaveLength(1);
  });

  it("waits with the mailboxes for the first pass while the history has not begun", async () => {
    const ports = await passwordPorts(inAccounts(), accounts);
    const exported = await exportedFile(ports);
    const bytes = await withPasswords(exported, { member2: "came" });
    expect(await uploadAndImport(ports, bytes)).toMatchObject({ changed: 1, started: 0 });
    expect(waitingFor(ports)).toEqual([]);
  });

  it("takes a password that begins like a formula as it is, and refuses one that is a formula", async () => {
    const ports = await ready();
    const exported = await exportedFile(ports);
    const bytes = await withPasswords(exported, {
      member1: "=1+1",
      member2: "-@'x ＋",
      member3: { formula: "1+1", result: 2, date1904: false },
    });
    const run = await uploadAndImport(ports, bytes);
    expect(await ports.password("member1")).toBe("=1+1");
    expect(await ports.password("member2")).toBe("-@'x ＋");
    expect(await ports.password("member3")).toBe(secret);
    const row = Number((await passwordCell(exported, "member3@yunfan.example")).slice(1));
    expect(run).toMatchObject({
      ...{ changed: 2, rejected: 1, errorsTotal: 1 },
      errors: [{ sheet: "导入原邮箱密码", row, column: "原邮箱密码", name: "PasswordIsFormula" }],
    });
  });

  it("says the same after another program has opened and saved it", async () => {
    const ports = await ready();
    const exported = await exportedFile(ports);
    const libreOffice = await LibreOffice.ofTest();
    const bytes = await libreOffice.resaved(await withPasswords(exported, { member2: "=1+1" }));
    expect(await uploadAndImport(ports, bytes)).toMatchObject({ changed: 1, unchanged: 3, errors: [] });
    expect(await ports.password("member2")).toBe("=1+1");
  });

  it("names the cell that was changed though it must not be, and an address without an account", async () => {
    const ports = await ready();
    const bytes = await exceljsWorkbook({
      导入原邮箱密码: [
        ["原邮箱地址", "企业微信成员账号", "姓名", "所在部门", "原邮箱密码"],
        ["member1@yunfan.example", "member9", "成员1", "销售部", "Pw-of-another"],
        ["nobody@yunfan.example", "member2", "成员2", "销售部", "Pw-nobody"],
        ["member2@yunfan.example", "MEMBER2", "成员2", "销售部", "came"],
        ["member2@yunfan.example", "member2", "成员2", "销售部", "twice"],
        ["", "member2", "成员2", "销售部", "x"],
      ],
    });
    const run = await uploadAndImport(ports, bytes);
    expect(run).toMatchObject({
      ...{ changed: 1, rejected: 4 },
      errors: [
        { row: 2, column: "企业微信成员账号", name: "CellImmutable", evidence: { recorded: "member1" } },
        { row: 3, column: "原邮箱地址", name: "AccountUnknown" },
        { row: 5, column: "原邮箱地址", name: "AddressRepeated", evidence: { firstRow: 4 } },
        { row: 6, column: "原邮箱地址", name: "CellRequired" },
      ],
    });
    expect(await ports.password("member1")).toBe(secret);
    expect(await ports.password("member2")).toBe("came");
    expect(JSON.stringify(run)).not.toContain("Pw-");
  });

  it("may be a .csv of addresses and passwords", async () => {
    const ports = await ready();
    const bytes = new TextEncoder().encode("原邮箱地址,密码\nmember2@yunfan.example,=came\n");
    const run = await uploadAndImport(ports, bytes, uploadNumbered(1, "passwords.csv"));
    expect(run).toMatchObject({ outcome: "imported", changed: 1 });
    expect(await ports.password("member2")).toBe("=came");
  });

  it("that is something else is refused with the reason, and destroyed", async () => {
    const ports = await ready();
    const bytes = await exceljsWorkbook({ Sheet1: [["a", "b"]] });
    expect(await uploadAndImport(ports, bytes)).toMatchObject({
      ...{ outcome: "unusable", error: { name: "SheetMissing", evidence: { sheet: "导入原邮箱密码" } } },
    });
    expect(ports.objects.keys()).toEqual([]);
  });
});
