import type { CellContent } from "../ports/workbook-writer.ts";
import { identifierCell, proseCell } from "../spreadsheet/fold.ts";
import { type RowError, rowReason } from "../spreadsheet/row-errors.ts";
import { fillIn, keepPassword } from "./row-check.ts";
import { hiddenMember } from "./unknown-member.ts";

/**
 * The cell of a rejected row as the errors workbook has it: marked where it is at fault, and never with a password in it. What is not
 * repeated leaves words behind that are refused, because an empty cell may be a good one: the row would be taken unmended.
 */
export const errorCell = (column: string, uploaded: string, errors: readonly RowError[]): CellContent => {
  const isPassword = column === "sourcePassword" || column === "targetPassword";
  if (errors.length > 0) {
    const isHidden = proseCell(uploaded) !== "" && (isPassword || mayBePassword(uploaded, errors));
    const text = isHidden || errors.some(isRequired) ? fillIn : proseCell(uploaded);
    return { text, mark: "wrong", note: errors.map(bothReasons).join("\n") };
  }
  if (!isPassword) return proseCell(uploaded);
  const given = identifierCell(uploaded);
  if (given === "" || given === keepPassword) return given;
  return { text: "", mark: "added", note: typeAgain };
};

/** The reason in both languages. */
export const bothReasons = (error: RowError): string =>
  `${rowReason(error, "zhCN")} ${rowReason(error, "en")}`;

/** The same cell without what is shown when the pointer rests on it. */
export const withoutNote = (cell: CellContent): CellContent =>
  typeof cell === "object" ? { text: cell.text, mark: cell.mark } : cell;

/**
 * What is no address at all, or no account name, or another text than the one on record, may be a password in the wrong column, and
 * what is far too long anything.
 */
const mayBePassword = (text: string, errors: readonly RowError[]): boolean =>
  errors.some(
    ({ name, evidence }) =>
      name === "CellTooLong" ||
      name === "CellImmutable" ||
      (name === "AddressUnusable" && !looksLikeAddress.test(text)) ||
      (name === "MemberUnknown" && evidence.member === hiddenMember),
  );

const isRequired = ({ name }: RowError): boolean => name === "CellRequired";

const looksLikeAddress = /[@＠][^@＠]*[.。．][^@＠]*$/u;

const typeAgain = "密码不会写入此文件，请重新填写。\nPasswords are not kept in this file: type it again.";
