import { z } from "zod";
import type { Language } from "../contract/errors.ts";

/**
 * Why a row of the uploaded workbook cannot be used, in English and Chinese, with what to do. Sheet, row and column stand
 * beside the sentence. The text of a cell is evidence only where it has passed for an address or an account name: what
 * stands in the wrong column may be a password.
 */
export const rowVocabulary = {
  CellRequired: {
    en: "The cell is empty. Fill it in.",
    zhCN: "单元格为空，请填写。",
  },
  CellUnmended: {
    en: "The cell still says what the workbook of rejected rows asks there. Write what belongs in it, or empty it where nothing does.",
    zhCN: "单元格仍是错误文件中的提示文字，请改为正确的内容；如无需填写，请清空。",
  },
  CellTooLong: {
    en: "The cell holds more than {limit} characters. Shorten it.",
    zhCN: "单元格超过 {limit} 个字符，请缩短。",
  },
  CellHoldsError: {
    en: "The cell's formula has no result ({result}). Type the value itself.",
    zhCN: "单元格的公式没有结果（{result}）。请直接填写内容。",
  },
  AddressUnusable: {
    en: "This is not a complete e-mail address. Write it as name@domain.",
    zhCN: "不是完整的邮箱地址，请填写为 name@domain 的形式。",
  },
  DomainForeign: {
    en: "{address} does not belong to {domain}. Only mailboxes of this domain are migrated.",
    zhCN: "{address} 不属于 {domain}。本次迁移仅限该域名下的邮箱。",
  },
  AddressRepeated: {
    en: "{address} already stands in row {firstRow}. Remove one of the two rows.",
    zhCN: "{address} 已出现在第 {firstRow} 行，请删除其中一行。",
  },
  AddressInBothSheets: {
    en: "{address} is listed as a member's mailbox and as a public mailbox ({other}, row {otherRow}). Keep one of the two rows.",
    zhCN: "{address} 同时作为成员邮箱和公共邮箱（{other} 第 {otherRow} 行）。请只保留其中一行。",
  },
  AlreadyImported: {
    en: "{address} was imported before with other values ({difference}). Remove the row, or clear the accounts and import again.",
    zhCN: "{address} 之前已导入，但内容不同（{difference}）。请删除该行，或清空账号后重新导入。",
  },
  MemberUnknown: {
    en: "{member} is not in the members' directory. Check the account name.",
    zhCN: "通讯录中没有成员账号 {member}，请检查。",
  },
  MemberRepeated: {
    en: "Member {member} already has the mailbox {address}. A member has one mailbox; list a second one as a public mailbox.",
    zhCN: "成员 {member} 已对应邮箱 {address}。一个成员只能对应一个邮箱，其余请列为公共邮箱。",
  },
  TargetRepeated: {
    en: "The new address {target} is already that of {address}. Two mailboxes must not be poured into one.",
    zhCN: "新邮箱地址 {target} 已用于 {address}。两个邮箱不能迁入同一个邮箱。",
  },
  TargetGiven: {
    en: "The new address {target} was given to member {member}, who had no mailbox in the sheet. Write another one in the column of the new address.",
    zhCN: "新邮箱地址 {target} 已分配给成员 {member}（该成员未在表格中导入邮箱）。请在新邮箱地址列填写其他地址。",
  },
  UsersWithoutMailbox: {
    en: "None of the users ({members}) has a mailbox of their own among the accounts. Add one of them to the members' sheet.",
    zhCN: "使用成员（{members}）都没有个人邮箱。请先将其中一人加入成员邮箱名单。",
  },
  AccountUnknown: {
    en: "{address} is not among this migration's accounts. Import it as an account first, or remove the row.",
    zhCN: "{address} 不在本次迁移的账号中。请先导入该账号，或删除该行。",
  },
  CellImmutable: {
    en: "The cell was changed; on record is: {recorded}. Put that back; only passwords are changed with this file.",
    zhCN: "该单元格被修改过，系统中的内容为：{recorded}。请恢复原内容，此文件只能修改密码。",
  },
  PasswordIsFormula: {
    en: "The cell holds a formula. Format it as text and type the password itself; one that begins with = is then kept as it is.",
    zhCN: "单元格中是公式。请将其格式设为文本后直接填写密码，以 = 开头的密码也会按原样保存。",
  },
  UsersTooMany: {
    en: "The mailbox has more than {limit} users. Shorten the list.",
    zhCN: "使用成员超过 {limit} 个，请缩短名单。",
  },
} as const satisfies Record<string, { readonly en: string; readonly zhCN: string }>;

export type RowErrorName = keyof typeof rowVocabulary;

/** Where a row's error stands: the sheet's and the column's names as the file writes them; `row` as Excel numbers it. */
export const RowError = z.strictObject({
  sheet: z.string().max(100),
  row: z.number().int().min(1),
  column: z.string().max(200),
  name: z.custom<RowErrorName>(
    (name) => typeof name === "string" && Object.hasOwn(rowVocabulary, name),
    "a name of the row vocabulary",
  ),
  evidence: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type RowError = z.infer<typeof RowError>;

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** What an error of this name must carry: the placeholders of its sentence. */
export type RowEvidence<Name extends RowErrorName> = Readonly<
  Record<Placeholders<(typeof rowVocabulary)[Name]["en"]>, string | number>
>;

/** What is wrong with one cell, before it is known where the cell stands. */
export interface CellProblem {
  readonly name: RowErrorName;
  readonly evidence: Readonly<Record<string, string | number>>;
}

/** A cell's problem with exactly the evidence its sentence speaks of. */
export const cellProblem = <Name extends RowErrorName>(
  name: Name,
  evidence: RowEvidence<Name>,
): CellProblem => ({
  name,
  evidence: Object.fromEntries(Object.entries<string | number>(evidence).map(bounded)),
});

/** The reason alone, for where the place is seen. */
export const rowReason = (error: RowError, language: Language): string =>
  rowVocabulary[error.name][language].replace(/\{(\w+)\}/g, (_whole, key: string) =>
    String(error.evidence[key] ?? "?"),
  );

/** Place and reason in the reader's language, as one line. */
export const rowSentence = (error: RowError, language: Language): string => {
  const reason = rowReason(error, language);
  return language === "en"
    ? `Sheet ${error.sheet}, row ${error.row}, column ${error.column}: ${reason}`
    : `工作表「${error.sheet}」第 ${error.row} 行「${error.column}」列：${reason}`;
};

/** Keeps 200 errors of the longest cells far below the 400 KB that one DynamoDB item may hold. */
const evidenceLimit = 300;

const bounded = ([key, value]: [string, string | number]): [string, string | number] => [
  key,
  typeof value === "string" && value.length > evidenceLimit ? `${value.slice(0, evidenceLimit)}…` : value,
];
