import { type ColumnDefinition, memberColumns } from "../spreadsheet/columns.ts";

/** The only sheet of the file in which the admin gives passwords to accounts that are there already. */
export const passwordSheetName = "导入原邮箱密码";

/** What else the sheet may be called. */
export const passwordSheetAliases = [
  passwordSheetName,
  "原邮箱密码",
  "Import passwords",
  "Import source passwords",
  "Source passwords",
  "Passwords",
] as const;

/** 「导入原邮箱密码」. All but the password say which account a row means, and are not changed here. */
export const passwordColumns = {
  address: {
    ...memberColumns.address,
    aliases: [...memberColumns.address.aliases, "公共邮箱地址", "公共邮箱", "Public mailbox address"],
  },
  memberId: { header: memberColumns.memberId.header, aliases: memberColumns.memberId.aliases },
  name: memberColumns.name,
  department: memberColumns.department,
  sourcePassword: { ...memberColumns.sourcePassword, required: true },
} as const satisfies Record<string, ColumnDefinition>;

export type PasswordColumn = keyof typeof passwordColumns;
