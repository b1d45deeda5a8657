import type { MailAddress } from "../contract/ids.ts";
import { identifierCell, proseCell, trimmedCell } from "../spreadsheet/fold.ts";
import {
  type CellProblem,
  cellProblem,
  type RowError,
  type RowErrorName,
  type RowEvidence,
} from "../spreadsheet/row-errors.ts";
import type { Table, TableRow } from "../spreadsheet/table.ts";
import { domainOf, parseAddress } from "./address.ts";

/** Judges the cells of one row and gathers what is wrong with them. */
export class RowCheck<Column extends string> {
  readonly #table: Table<Column>;
  readonly #row: TableRow<Column>;
  readonly #errors: RowError[] = [];

  constructor(table: Table<Column>, row: TableRow<Column>) {
    this.#table = table;
    this.#row = row;
  }

  get errors(): readonly RowError[] {
    return this.#errors;
  }

  /** Notes what is wrong with a cell. */
  reject<Name extends RowErrorName>(column: Column, name: Name, evidence: RowEvidence<Name>): void {
    this.#errors.push(
      errorAt(this.#table.sheet, this.#row.number, this.#table.header(column), cellProblem(name, evidence)),
    );
  }

  /** Text that people read; empty when there is none or it was rejected. */
  prose(column: Column, limit: number): string {
    return this.#within(column, proseCell(this.#row.text(column)), limit);
  }

  /** An account name or the like; empty when there is none or it was rejected. */
  identifier(column: Column, limit: number): string {
    return this.#within(column, identifierCell(this.#row.text(column)), limit);
  }

  /** A password; null for a blank cell and for 已存在密码, which keeps the one that is held. */
  password(column: Column): string | null {
    const text = this.#within(column, trimmedCell(this.#row.text(column)), passwordLimit);
    return text === "" || identifierCell(text) === keepPassword ? null : text;
  }

  /** Notes that a cell which must be filled is empty. */
  require(column: Column): void {
    this.reject(column, "CellRequired", {});
  }

  /** The address in the cell; null when it is blank or was rejected. */
  address(column: Column): MailAddress | null {
    const text = this.identifier(column, addressLimit);
    if (text === "") return null;
    const address = parseAddress(text);
    if (address === null) this.reject(column, "AddressUnusable", {});
    return address;
  }

  /** The source address: required, and of the migration's domain. */
  sourceAddress(column: Column, domain: string): MailAddress | null {
    if (identifierCell(this.#row.text(column)) === "") {
      this.require(column);
      return null;
    }
    const address = this.address(column);
    if (address === null || domainOf(address) === domain) return address;
    this.reject(column, "DomainForeign", { address, domain });
    return null;
  }

  #within(column: Column, text: string, limit: number): string {
    if (text === fillIn) {
      this.reject(column, "CellUnmended", {});
      return "";
    }
    if (formulaErrors.has(text)) {
      this.reject(column, "CellHoldsError", { result: text });
      return "";
    }
    if (text.length <= limit) return text;
    this.reject(column, "CellTooLong", { limit });
    return "";
  }
}

/** A cell's problem with the place it stands at. */
export const errorAt = (sheet: string, row: number, column: string, problem: CellProblem): RowError => ({
  sheet: sheet.slice(0, 100),
  row,
  column: column.slice(0, 200),
  name: problem.name,
  evidence: { ...problem.evidence },
});

/** In a password's cell: there is one already, keep it. */
export const keepPassword = "已存在密码";

/**
 * In a cell of an errors workbook, instead of what is not repeated there or was missing: no address, account name or name, and refused
 * wherever it stands, so that a row which nobody has mended is rejected again.
 */
export const fillIn = "请填写 / fill in";

const addressLimit = 254;
/** Longer than any provider takes, short enough for one KMS-sized item. */
const passwordLimit = 1_024;

const formulaErrors: ReadonlySet<string> = new Set([
  "#N/A",
  "#REF!",
  "#VALUE!",
  "#DIV/0!",
  "#NAME?",
  "#NULL!",
  "#NUM!",
]);
