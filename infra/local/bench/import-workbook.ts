import ExcelJS from "exceljs";
import { sheetNames } from "../../../shared/spreadsheet/sheets.ts";

/** A workbook of so many members with their passwords, and as many in the directory, its texts shared as Excel shares them. */
export const writeImportWorkbook = async (filename: string, members: number): Promise<void> => {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename, useSharedStrings: true });
  const sheets = {
    [sheetNames.members]: {
      headers: ["原邮箱地址*", "企业微信成员账号*", "原邮箱密码", "姓名", "所在部门"],
      row: (index: number) => [
        addressOf(index),
        `m${index}`,
        `Pw-${index}-x7`,
        `成员${index}`,
        departmentOf(index),
      ],
    },
    [sheetNames.directory]: {
      headers: ["企业邮箱", "账号", "姓名", "部门", "手机"],
      row: (index: number) => [
        addressOf(index),
        `m${index}`,
        `成员${index}`,
        departmentOf(index),
        `138${String(index).padStart(8, "0")}`,
      ],
    },
  };
  for (const [name, { headers, row }] of Object.entries(sheets)) {
    const sheet = workbook.addWorksheet(name);
    sheet.addRow(headers).commit();
    for (let index = 0; index < members; index += 1) sheet.addRow(row(index)).commit();
    sheet.commit();
  }
  await workbook.commit();
};

export const importDomain = "example.test";

const addressOf = (index: number): string => `member${index}@${importDomain}`;
const departmentOf = (index: number): string => `总部/研发部/第${index % 40}组`;
