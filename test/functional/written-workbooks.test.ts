import { parse } from "csv-parse/sync";
import ExcelJS from "exceljs";
import { describe, expect, it } from "vitest";
import { workbookWriter } from "../../functions/adapters/excel/write-workbook.ts";
import { accountsTemplate } from "../../shared/accounts/accounts-template.ts";
import { directoryOf, Member } from "../../shared/accounts/directory.ts";
import { errorsWorkbook } from "../../shared/accounts/errors-workbook.ts";
import { planAccounts } from "../../shared/accounts/plan-accounts.ts";
import {
  FolderPath,
  MailAddress,
  MigrationId,
  PassNumber,
  Timestamp,
  Uid,
  UidValidity,
} from "../../shared/contract/ids.ts";
import type { RefusedMessage } from "../../shared/contract/mailbox.ts";
import { checkPasswords } from "../../shared/passwords/check-passwords.ts";
import { passwordErrorsWorkbook } from "../../shared/passwords/errors-workbook.ts";
import { passwordColumns } from "../../shared/passwords/password-columns.ts";
import { passwordsWorkbook } from "../../shared/passwords/passwords-workbook.ts";
import type { SheetContent } from "../../shared/ports/workbook-writer.ts";
import { refusedSheet } from "../../shared/report/sheets.ts";
import { memberColumns, publicColumns } from "../../shared/spreadsheet/columns.ts";
import { readTable } from "../../shared/spreadsheet/table.ts";
import { memberHeaders, publicHeaders, sheetOf } from "../support/accounts-rows.ts";
import { LibreOffice } from "../support/libreoffice.ts";
import { exampleAccount, exampleId, inAccounts } from "../support/migration-example.ts";
import { passwordPorts } from "../support/password-file.ts";
import { opened, sheetElements } from "../support/template-workbook.ts";

/** Each is a formula, or the beginning of one, to a program that reads the sheet's text. */
const dangerous = ['=HYPERLINK("http://x.example")', "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "＝1＋1"];

const directory = directoryOf(
  dangerous.map((text, index) => Member.parse({ userid: `m${index}`, name: text, departments: [text] })),
);

const template = (): readonly SheetContent[] =>
  accountsTemplate({ domain: "yunfan.example", members: directory.members, asksTargetPassword: true });

const errors = (): readonly SheetContent[] => {
  const rows = dangerous.map((text) => [text, text, text, text, text]);
  const workbook = {
    members: readTable(sheetOf("成员邮箱名单", [memberHeaders, ...rows]), memberColumns, "f"),
    publicMailboxes: readTable(sheetOf("公共邮箱名单", [publicHeaders, ...rows]), publicColumns, "f"),
  };
  const context = { domain: "yunfan.example", directory };
  const plan = planAccounts(workbook, new Map(), context);
  return errorsWorkbook({ workbook, ...context, isDirectoryTheirs: true, errors: plan.errors });
};

async function* refusedMessages(): AsyncGenerator<RefusedMessage> {
  for (const text of dangerous)
    yield {
      migrationId: MigrationId.parse("yunfan.example-k3v9"),
      address: MailAddress.parse("a@yunfan.example"),
      sourcePath: FolderPath.parse(text),
      sourceUidValidity: UidValidity.parse("1"),
      uid: Uid.parse(7),
      internalDate: Timestamp.parse("2026-01-01T00:00:00.000Z"),
      size: 12,
      subject: text,
      class: "malformed",
      words: text,
      pass: PassNumber.parse(1),
    };
}

const passwords = async (): Promise<readonly SheetContent[]> => {
  const accounts = dangerous.map((text, index) => ({ ...exampleAccount(index + 1), name: text }));
  return passwordsWorkbook(await passwordPorts(inAccounts(), accounts), exampleId);
};

const passwordErrors = (): readonly SheetContent[] => {
  const headers = ["原邮箱地址", "企业微信成员账号", "姓名", "所在部门", "原邮箱密码"];
  const rows = dangerous.map((text) => ["nobody@yunfan.example", text, text, text, text]);
  const table = readTable(sheetOf("导入原邮箱密码", [headers, ...rows]), passwordColumns, "f");
  return passwordErrorsWorkbook(table, checkPasswords(table, new Map()).errors);
};

type Sheets = readonly SheetContent[];

const workbooks: readonly (readonly [string, () => Sheets | Promise<Sheets>])[] = [
  ["the template", template],
  ["the errors workbook", errors],
  ["the passwords' workbook", passwords],
  ["the passwords' errors workbook", passwordErrors],
  ["the report", () => [refusedSheet(refusedMessages())]],
];

const isFormula = /^[=+\-@\t\r＝＋－＠]/u;

describe.each(workbooks)("%s", (_name, sheetsOf) => {
  it("holds no formula and no text that could become one", async () => {
    const workbook = await opened(await workbookWriter.write(await sheetsOf()));
    let texts = 0;
    for (const sheet of workbook.worksheets)
      sheet.eachRow((row) =>
        row.eachCell((cell) => {
          expect(cell.type).not.toBe(ExcelJS.ValueType.Formula);
          expect(cell.text).not.toMatch(isFormula);
          texts += 1;
        }),
      );
    expect(texts).toBeGreaterThan(dangerous.length);
  });

  it("has its parts in the order of the schema, or Excel would offer to repair it", async () => {
    const sheets = await sheetsOf();
    const bytes = await workbookWriter.write(sheets);
    for (const index of sheets.keys()) {
      const names = (await sheetElements(bytes, index + 1)).map(([name]) => name);
      expect(names).toContain("sheetData");
      expect(names).toEqual(schemaOrder.filter((name) => names.includes(name)));
    }
  });
});

describe("LibreOffice", () => {
  it("shows the very texts of all of them, calculates nothing and leaves no formula in a .csv", async () => {
    const office = await LibreOffice.ofTest();
    const files = workbooks.map(async ([, sheetsOf]) => {
      const sheets = await sheetsOf();
      return { sheets: sheets.map(({ name }) => name), bytes: await workbookWriter.write(sheets) };
    });
    const shown = await office.shown(await Promise.all(files));
    expect(shown).toHaveLength(workbooks.length);
    for (const texts of shown) {
      const cells = texts.flatMap((text) => parse(text, options).flat());
      expect(cells.filter((cell) => isFormula.test(cell))).toEqual([]);
      expect(cells).toEqual(expect.arrayContaining(['\'=HYPERLINK("http://x.example")', "'+1+1", "'-2+3"]));
      expect(cells.filter((cell) => /^#|^Err:/.test(cell))).toEqual([]);
    }
  });
});

const options = { bom: true, relax_column_count: true } as const;

/** ECMA-376 §18.3.1.99, as far as exceljs writes them. */
const schemaOrder = [
  "sheetPr",
  "dimension",
  "sheetViews",
  "sheetFormatPr",
  "cols",
  "sheetData",
  "sheetProtection",
  "autoFilter",
  "mergeCells",
  "conditionalFormatting",
  "dataValidations",
  "hyperlinks",
  "printOptions",
  "pageMargins",
  "pageSetup",
  "headerFooter",
  "rowBreaks",
  "drawing",
  "legacyDrawing",
];
