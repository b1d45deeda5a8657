import type { CellContent } from "../../shared/ports/workbook-writer.ts";
import { workbookWriter } from "../adapters/excel/write-workbook.ts";

/** A workbook that nobody reads: the first takes several times as long as each that follows, because the library is loaded with it. */
export const firstWorkbook = (): Promise<Uint8Array> =>
  workbookWriter.write([
    {
      name: "1",
      columns: [
        { header: "text", width: 20, wraps: true },
        { header: "count", width: 20 },
      ],
      rows: oneRow(),
    },
  ]);

async function* oneRow(): AsyncGenerator<readonly CellContent[]> {
  yield ["text", 1];
}
