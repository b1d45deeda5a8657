import exceljs from "exceljs";
import type { DemoCompany } from "./company.ts";

/** The accounts sheet as the company's admin would have filled it in: three sheets, every mailbox with its password. */
export async function accountsWorkbook(
  company: Pick<DemoCompany, "members" | "publicMailboxes">,
): Promise<Uint8Array> {
  const workbook = new exceljs.Workbook();
  // A fixed day: exceljs would put the present one into the file.
  workbook.created = new Date(Date.UTC(2026, 2, 1));
  workbook.modified = workbook.created;
  for (const { name, header, rows } of sheetsOf(company)) {
    const sheet = workbook.addWorksheet(name);
    sheet.addRow(header).font = { bold: true };
    for (const row of rows) sheet.addRow(row);
    sheet.columns.forEach((column) => {
      column.width = 28;
    });
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

interface Sheet {
  readonly name: string;
  readonly header: string[];
  readonly rows: string[][];
}

function sheetsOf(company: Pick<DemoCompany, "members" | "publicMailboxes">): readonly Sheet[] {
  const { members, publicMailboxes } = company;
  return [
    {
      name: "成员邮箱名单",
      header: ["原邮箱地址", "企业微信成员账号", "原邮箱密码", "姓名", "所在部门"],
      rows: members.map(({ address, userid, password, name, departments }) => [
        address,
        userid,
        password,
        name,
        departments.join(";"),
      ]),
    },
    {
      name: "公共邮箱名单",
      header: ["公共邮箱地址", "原邮箱密码", "使用成员", "名称"],
      rows: publicMailboxes.map(({ address, password, users, name }) => [
        address,
        password,
        users.join(";"),
        name,
      ]),
    },
    {
      name: "【参考】企业微信通讯录",
      header: ["企业邮箱", "账号", "姓名", "部门", "手机"],
      rows: members.map(({ address, userid, name, departments, mobile }) => [
        address,
        userid,
        name,
        departments.join(";"),
        mobile,
      ]),
    },
  ];
}
