import { keepPassword } from "../accounts/row-check.ts";
import type { FormColumn } from "../spreadsheet/form-columns.ts";
import { type PasswordColumn, passwordColumns } from "./password-columns.ts";

/** The columns of 「导入原邮箱密码」 in its order. */
export const passwordFormColumns: readonly FormColumn<PasswordColumn>[] = [
  { column: "address", header: passwordColumns.address.header, width: 34 },
  { column: "memberId", header: passwordColumns.memberId.header, width: 26 },
  { column: "name", header: passwordColumns.name.header, width: 18 },
  { column: "department", header: passwordColumns.department.header, width: 32 },
  {
    column: "sourcePassword",
    header: passwordColumns.sourcePassword.header,
    width: 30,
    isOpen: true,
    note: `已存在密码：保留现有密码；留空：不变；填写新密码：替换。\n${keepPassword} keeps the password that is held, an empty cell changes nothing, anything else replaces it.`,
  },
];
