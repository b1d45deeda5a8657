import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { programFile } from "../../infra/local/demo/real-programs.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** What LibreOffice is asked to save a workbook as: `xlsx`, or `csv` with every sheet in a file of its own. */
const filters = {
  xlsx: "xlsx:Calc MS Excel 2007 XML",
  // Comma, double quote, UTF-8, from line 1, no column formats, no quoting of all, values as shown, no formulas, no spaces cut, all sheets.
  csv: "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1",
} as const;

/** A workbook as LibreOffice opens it and saves it again, with a profile of the test's own. */
export class LibreOffice {
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  static async ofTest(): Promise<LibreOffice> {
    return new LibreOffice(await temporaryDirectory());
  }

  /** The workbook saved by LibreOffice. */
  async resaved(bytes: Uint8Array): Promise<Buffer> {
    await this.#convert([bytes], "xlsx");
    return readFile(join(this.#directory, "saved/workbook-0.xlsx"));
  }

  /** Sheets of workbooks as LibreOffice shows them, each as the text of a `.csv` file. */
  async shown(
    workbooks: readonly { readonly bytes: Uint8Array; readonly sheets: readonly string[] }[],
  ): Promise<readonly (readonly string[])[]> {
    const files = workbooks.map(({ bytes }) => bytes);
    await this.#convert(files, "csv");
    const shownSheet = (index: number, sheet: string) =>
      readFile(join(this.#directory, `saved/workbook-${index}-${sheet}.csv`), "utf8");
    return Promise.all(
      workbooks.map(({ sheets }, index) => Promise.all(sheets.map((sheet) => shownSheet(index, sheet)))),
    );
  }

  async #convert(workbooks: readonly Uint8Array[], format: keyof typeof filters): Promise<void> {
    const files = workbooks.map((_bytes, index) => join(this.#directory, `workbook-${index}.xlsx`));
    await Promise.all(files.map((file, index) => writeFile(file, workbooks[index] ?? "")));
    const { stdout, stderr } = await promisify(execFile)(
      programFile("libreoffice"),
      [
        `-env:UserInstallation=${pathToFileURL(join(this.#directory, "profile")).href}`,
        "--headless",
        "--norestore",
        "--convert-to",
        filters[format],
        "--outdir",
        join(this.#directory, "saved"),
        ...files,
      ],
      { timeout: 60_000, env: { PATH: "/usr/bin:/bin", HOME: this.#directory, LANG: "C.UTF-8" } },
    );
    if (!stdout.includes("convert ")) throw new Error(`LibreOffice converted nothing: ${stdout}${stderr}`);
  }
}
