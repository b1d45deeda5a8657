import ExcelJS from "exceljs";
import { PackageParts } from "../../functions/adapters/excel/package-parts.ts";
import { workbookReader } from "../../functions/adapters/excel/read-workbook.ts";
import { workbookWriter } from "../../functions/adapters/excel/write-workbook.ts";
import { accountsTemplate } from "../../shared/accounts/accounts-template.ts";
import { Member } from "../../shared/accounts/directory.ts";
import { type AccountsPlan, planAccounts } from "../../shared/accounts/plan-accounts.ts";
import { readUpload } from "../../shared/accounts/read-upload.ts";

const domain = "yunfan.example";

/** Members `m1` on; two of three have a known address, as `a1@…`, `a2@…`. */
export const someMembers = (count: number): readonly Member[] =>
  Array.from({ length: count }, (_item, index) =>
    Member.parse({
      userid: `m${index + 1}`,
      name: `成员${index + 1}`,
      departments: ["总部", "研发部"],
      ...(index % 3 === 2 ? {} : { email: `a${index + 1}@${domain}` }),
      mobile: `1380000${index}`,
    }),
  );

/** The template for these members as a file. */
export const templateFile = (members: readonly Member[] | null): Promise<Uint8Array> =>
  workbookWriter.write(accountsTemplate({ domain, members, asksTargetPassword: false }));

/** A workbook as exceljs sees it, changed by hand and saved. */
export const filledIn = async (
  bytes: Uint8Array,
  fill: (workbook: ExcelJS.Workbook) => void,
): Promise<Uint8Array> => {
  const workbook = await opened(bytes);
  fill(workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
};

export const opened = async (bytes: Uint8Array): Promise<ExcelJS.Workbook> => {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  return workbook;
};

export const sheetOfWorkbook = (workbook: ExcelJS.Workbook, name: string): ExcelJS.Worksheet => {
  const sheet = workbook.getWorksheet(name);
  if (sheet === undefined) throw new Error(`there is no sheet ${name}`);
  return sheet;
};

/** What an import would do with a workbook whose third sheet is the directory. */
export const planOf = async (bytes: Uint8Array): Promise<AccountsPlan> => {
  const app = { objects: { read: async () => null }, workbooks: workbookReader };
  const read = await readUpload(app, bytes, "accounts.xlsx", { kind: "sheet", path: "none" });
  return planAccounts(read.workbook, new Map(), { domain, directory: read.directory });
};

/** In which row of the template the members, or public mailboxes, begin. */
export const firstRowOf = (sheet: ExcelJS.Worksheet): number => {
  for (let row = 1; row <= 20; row += 1) if (sheet.getCell(row, 1).font?.bold) return row + 1;
  throw new Error(`there is no header in ${sheet.name}`);
};

/** The first row below the header. */
export const firstRow = (workbook: ExcelJS.Workbook, name: string): ExcelJS.Row => {
  const sheet = sheetOfWorkbook(workbook, name);
  return sheet.getRow(firstRowOf(sheet));
};

/** Every cell and note of a workbook as one text. */
export const textsOf = async (bytes: Uint8Array): Promise<string> => {
  const texts: string[] = [];
  for (const sheet of (await opened(bytes)).worksheets)
    sheet.eachRow((row) => row.eachCell((cell) => texts.push(cell.text, JSON.stringify(cell.note) ?? "")));
  return texts.join("\n");
};

/** The elements right below a sheet's root in their order, with their attributes. */
export const sheetElements = async (
  bytes: Uint8Array,
  sheetNumber: number,
): Promise<readonly (readonly [name: string, attributes: Readonly<Record<string, string>>])[]> => {
  const elements: [string, Readonly<Record<string, string>>][] = [];
  let depth = 0;
  await new PackageParts(Buffer.from(bytes)).read(`xl/worksheets/sheet${sheetNumber}.xml`, {
    open: (element, attributes) => {
      if (depth === 1) elements.push([element, { ...attributes }]);
      depth += 1;
    },
    close: () => {
      depth -= 1;
    },
  });
  return elements;
};

/** The attributes of the sheet's protection as the file has them, undefined when it has none. */
export const protectionOf = async (bytes: Uint8Array, sheetNumber: number) =>
  (await sheetElements(bytes, sheetNumber)).find(([name]) => name === "sheetProtection")?.[1];
