import { type CellContext, cellText } from "./cell-text.ts";
import type { KeptRows } from "./kept-rows.ts";
import { limits } from "./limits.ts";
import { TextGatherer } from "./text-gatherer.ts";
import { Unreadable } from "./unreadable.ts";
import type { XmlAttributes, XmlListener } from "./xml.ts";

/**
 * Listens to a sheet's XML and keeps the rows that hold text. Rows and cells need not say where they stand: they then
 * follow the one before (ECMA-376 §18.3.1.73), which some plain writers make use of.
 */
export class SheetRows implements XmlListener {
  readonly #kept: KeptRows;
  readonly #context: CellContext;
  readonly #inline = new TextGatherer();
  #inData = false;
  #rowNumber = 0;
  #cells: string[] = [];
  readonly #formulas = new Set<number>();
  #column = -1;
  #type = "";
  #style = 0;
  #value = "";
  #inValue = false;

  constructor(context: CellContext, kept: KeptRows) {
    this.#context = context;
    this.#kept = kept;
  }

  open(element: string, attributes: XmlAttributes): void {
    if (element === "sheetData") this.#inData = true;
    if (!this.#inData) return;
    switch (element) {
      case "row":
        this.#rowNumber = attributes.r === undefined ? this.#rowNumber + 1 : rowNumber(attributes.r);
        this.#cells = [];
        this.#formulas.clear();
        this.#column = -1;
        break;
      case "c":
        this.#column = attributes.r === undefined ? this.#column + 1 : columnOf(attributes.r);
        this.#type = attributes.t ?? "n";
        this.#style = Number(attributes.s ?? 0);
        this.#value = "";
        this.#inline.begin();
        break;
      case "v":
        this.#inValue = true;
        break;
      case "f":
        if (this.#column < limits.columns) this.#formulas.add(this.#column);
        break;
      default:
        this.#inline.open(element);
    }
  }

  text(piece: string): void {
    if (!this.#inValue) {
      this.#inline.add(piece);
      return;
    }
    this.#value += piece;
    if (this.#value.length > limits.cellText) throw new Unreadable("textTooLong");
  }

  close(element: string): void {
    if (!this.#inData) return;
    switch (element) {
      case "sheetData":
        this.#inData = false;
        break;
      case "v":
        this.#inValue = false;
        break;
      case "c":
        this.#keepCell();
        break;
      case "row":
        this.#kept.keep(this.#rowNumber, this.#cells, [...this.#formulas]);
        break;
      default:
        this.#inline.close(element);
    }
  }

  #keepCell(): void {
    const value = this.#type === "inlineStr" ? this.#inline.end() : this.#value;
    const text = cellText({ type: this.#type, style: this.#style, value }, this.#context);
    if (text.trim() === "") return;
    if (this.#column >= limits.columns) throw new Unreadable("farColumn", this.#rowNumber);
    while (this.#cells.length < this.#column) this.#cells.push("");
    this.#cells[this.#column] = text;
  }
}

const rowNumber = (text: string): number => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 1_048_576) throw new Unreadable("rowUnnumbered");
  return number;
};

/** The column of `AB12`, from zero. */
const columnOf = (reference: string): number => {
  const letters = /^\$?([A-Za-z]{1,3})\$?\d+$/.exec(reference)?.[1];
  if (letters === undefined) throw new Unreadable("cellUnplaced");
  let column = 0;
  for (const letter of letters.toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
};
