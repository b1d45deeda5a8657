import { Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import type { SheetRow } from "../../../shared/spreadsheet/workbook.ts";
import { KeptRows, wholeAllowance } from "../excel/kept-rows.ts";
import { limits } from "../excel/limits.ts";
import { Unreadable } from "../excel/unreadable.ts";
import { beginningOf } from "./separator.ts";
import { textPieces } from "./text-pieces.ts";

/**
 * The rows of a `.csv` file (RFC 4180: quoted cells may hold separators, line breaks and doubled quotation marks), numbered as
 * Excel numbers them when it opens the file: a row of several lines counts once.
 *
 * @throws Unreadable, because a quotation mark out of place could make one cell of many rows, a password of many passwords
 */
export const readCsv = async (bytes: Buffer): Promise<readonly SheetRow[]> => {
  const pieces = textPieces(bytes);
  const first = pieces.next();
  if (first.done === true) return [];
  const { separator, skipped } = beginningOf(first.value);
  const parser = parse({
    delimiter: separator,
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: limits.text,
    // That counts what stands between the separators: of separators alone a row could still fill all memory.
    cast: (cell, { index, lines }) => {
      if (index >= columnsAtMost) throw new Unreadable("farColumn", lines);
      return cell;
    },
  });
  const input = Readable.from(beginningWith(first.value.slice(skipped), pieces));
  input.on("error", (error) => parser.destroy(error));
  const kept = new KeptRows(wholeAllowance());
  let number = 0;
  try {
    for await (const record of input.pipe(parser)) {
      number += 1;
      kept.keep(number, textsOf(record));
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === "CSV_MAX_RECORD_SIZE")
      throw new Unreadable("textTooLong", undefined, { cause: error });
    throw new Unreadable("quoteOpen", parser.info.lines, { cause: error });
  }
  return kept.rows;
};

/** As many as Excel has; beyond those that may hold text they are blank. */
const columnsAtMost = 16_384;

function* beginningWith(first: string, others: Iterable<string>): Generator<string> {
  yield first;
  yield* others;
}

const textsOf = (record: unknown): readonly string[] =>
  Array.isArray(record) ? record.map((cell: unknown) => (typeof cell === "string" ? cell : "")) : [];
