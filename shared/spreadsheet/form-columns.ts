import type { SheetColumn } from "../ports/workbook-writer.ts";
import type { DirectoryColumn, MemberColumn, PublicColumn } from "./accounts-workbook.ts";
import { type ColumnDefinition, directoryColumns, memberColumns, publicColumns } from "./columns.ts";
import { sheetNames } from "./sheets.ts";

/** A column of a sheet that people fill in. */
export interface FormColumn<Column extends string> extends SheetColumn {
  readonly column: Column;
}

/** Which optional columns a form has beyond the ordinary ones. */
export interface FormOptions {
  /** An example's domain. */
  readonly domain: string;
  readonly has: (column: "targetAddress" | "targetPassword") => boolean;
  /** How many members the reference sheet has, or may yet get. */
  readonly members: number;
}

type Looks = Pick<SheetColumn, "width" | "note" | "choices">;

/** The columns of 「成员邮箱名单」 in the template's order. */
export const memberFormColumns = (options: FormOptions): readonly FormColumn<MemberColumn>[] => [
  formColumn(memberColumns, "address", {
    width: 34,
    note: `必填：原邮件系统中的完整地址，如 name@${options.domain}。没有旧邮箱的成员请留空，整行会被跳过。\nRequired: the full address at the old provider. Leave it empty for a member without an old mailbox; the row is skipped.`,
  }),
  formColumn(memberColumns, "memberId", {
    width: 26,
    note: "必填：通讯录中的账号，可从下拉列表选择。\nRequired: the account in the directory; pick it from the list.",
    choices: {
      sheet: sheetNames.directory,
      column: directoryFormColumns.findIndex(({ column }) => column === "memberId"),
      rows: Math.max(1, options.members),
      warning:
        "通讯录中没有此账号，仍要保留吗？\nThis account is not in the directory sheet. Keep it all the same?",
    },
  }),
  formColumn(memberColumns, "sourcePassword", passwordLooks),
  formColumn(memberColumns, "name", { width: 18 }),
  formColumn(memberColumns, "department", { width: 32 }),
  ...targetColumns(memberColumns, options),
];

/** The columns of 「公共邮箱名单」. */
export const publicFormColumns = (options: FormOptions): readonly FormColumn<PublicColumn>[] => [
  formColumn(publicColumns, "address", {
    width: 34,
    note: `必填：公共邮箱的完整地址，如 info@${options.domain}。\nRequired: the full address of the shared mailbox.`,
  }),
  formColumn(publicColumns, "sourcePassword", passwordLooks),
  formColumn(publicColumns, "users", {
    width: 40,
    note: "使用该邮箱的成员账号，多个以分号分隔，至少一人有个人邮箱。\nAccounts of the members who use it, separated by semicolons; one of them has a mailbox of their own.",
  }),
  formColumn(publicColumns, "name", { width: 30 }),
  ...targetColumns(publicColumns, options),
];

const passwordLooks: Looks = {
  width: 24,
  note: "原邮箱密码或客户端专用密码。留空或填 已存在密码 即沿用已有的密码。\nThe mailbox's password or app password. Empty, or 已存在密码: the one that is held stays.",
};

/** The columns of 「【参考】企业微信通讯录」. */
export const directoryFormColumns: readonly FormColumn<DirectoryColumn>[] = [
  { column: "email", header: directoryColumns.email.header, width: 34 },
  { column: "memberId", header: directoryColumns.memberId.header, width: 26 },
  { column: "name", header: directoryColumns.name.header, width: 18 },
  { column: "departments", header: directoryColumns.departments.header, width: 36 },
  { column: "mobile", header: directoryColumns.mobile.header, width: 20 },
];

const targetColumns = <Column extends string>(
  definitions: Readonly<Record<Column | "targetAddress" | "targetPassword", ColumnDefinition>>,
  { has }: FormOptions,
): readonly FormColumn<"targetAddress" | "targetPassword">[] =>
  (["targetAddress", "targetPassword"] as const).filter(has).map((column) =>
    formColumn(definitions, column, {
      width: column === "targetAddress" ? 34 : 24,
      note: targetNotes[column],
    }),
  );

const targetNotes = {
  targetAddress: "与原地址不同时填写。\nOnly where it differs from the old address.",
  targetPassword:
    "新邮箱的密码；留空即沿用已有的密码。\nThe new mailbox's password; empty keeps the one that is held.",
} as const;

/** Required columns carry an asterisk, which is no part of their name to the reader. */
const formColumn = <Column extends string>(
  definitions: Readonly<Record<Column, ColumnDefinition>>,
  column: Column,
  looks: Looks,
): FormColumn<Column> => {
  const { header, required } = definitions[column];
  return {
    column,
    header: required ? `${header}*` : header,
    ...(required ? { isRequired: required } : {}),
    ...looks,
  };
};
