import { readFile, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { terminalLanguage } from "./language.ts";
import { printable } from "./printable.ts";

/** So many earlier ones are left alone before one is asked to clear up. */
const filesAtMost = 100;

/**
 * Saves the rows that could not be imported as a workbook of their own in the report's directory, or else beside the accounts
 * file, and says on stderr where. A file that is there may be one that somebody is mending: it is never written over. What has
 * been migrated is no less migrated when this fails, so that is only said.
 */
export const saveErrors = async (
  workbook: Uint8Array,
  accountsFile: string,
  reportFile: string | undefined,
): Promise<void> => {
  const directory = dirname(reportFile ?? accountsFile);
  const name = basename(accountsFile, extname(accountsFile));
  const language = terminalLanguage();
  try {
    const file = await saveNew(workbook, join(directory, `${name}.errors`));
    process.stderr.write(`${printable(saved(file)[language])}\n`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${printable(notSaved(reason)[language])}\n`);
  }
};

const saveNew = async (workbook: Uint8Array, stem: string): Promise<string> => {
  for (let number = 1; number <= filesAtMost; number += 1) {
    const file = `${stem}${number === 1 ? "" : `-${number}`}.xlsx`;
    if ((await wroteNew(file, workbook)) || (await holds(file, workbook))) return file;
  }
  throw new Error(`${stem}.xlsx … ${stem}-${filesAtMost}.xlsx are there already`);
};

const wroteNew = (file: string, workbook: Uint8Array): Promise<boolean> =>
  writeFile(file, workbook, { flag: "wx" }).then(
    () => true,
    (error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
      throw error;
    },
  );

/** The same rows make the same workbook, so running a command again does not leave another file. */
const holds = async (file: string, workbook: Uint8Array): Promise<boolean> =>
  (await readFile(file)).equals(workbook);

const saved = (file: string) => ({
  en: `The rows that could not be imported are in ${file}, the cells at fault marked: mend them and import that file.`,
  zhCN: `未能导入的行已保存到 ${file}，有问题的单元格已标出：请修改后导入该文件。`,
});

const notSaved = (reason: string) => ({
  en: `The rows that could not be imported could not be saved as a workbook: ${reason}`,
  zhCN: `未能导入的行无法保存为工作簿：${reason}`,
});
