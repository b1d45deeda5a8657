import { readFile, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { workbookBytesAtMost } from "../../../shared/accounts/read-upload.ts";
import { terminalLanguage } from "./language.ts";
import type { Pipeline } from "./pipeline.ts";
import { systemReason } from "./system-reason.ts";

/** So many earlier ones are left alone before one is asked to clear up. */
const filesAtMost = 100;

/** Twice what an upload may have: reasons take room. Bytes. */
const largestErrorsWorkbook = 2 * workbookBytesAtMost;

/**
 * Saves the rows that could not be imported as a workbook of their own in the report's directory, or else beside the imported
 * file, and returns a sentence that says where. A file that is there may be one that somebody is mending: it is never written over.
 * What has been migrated is no less migrated when this fails, so that is only said.
 */
export const saveErrors = async (
  workbook: Uint8Array,
  importedFile: string,
  reportFile: string | undefined,
): Promise<string> => {
  const directory = dirname(reportFile ?? importedFile);
  const name = basename(importedFile, extname(importedFile));
  const language = terminalLanguage();
  try {
    return saved(await saveNew(workbook, join(directory, `${name}.errors`)))[language];
  } catch (error) {
    return notSaved(systemReason(error, language))[language];
  }
};

/** The same for a workbook that an import has left in the bucket; nothing where it left none, or where its time there has run out. */
export const fetchErrors = async (
  { objects }: Pick<Pipeline, "objects">,
  run: { readonly errorsKey?: string | undefined },
  importedFile: string,
  reportFile: string | undefined,
): Promise<readonly string[]> => {
  const workbook =
    run.errorsKey === undefined ? null : await objects.read(run.errorsKey, largestErrorsWorkbook);
  return workbook === null ? [] : [await saveErrors(workbook, importedFile, reportFile)];
};

const saveNew = async (workbook: Uint8Array, stem: string): Promise<string> => {
  for (let number = 1; number <= filesAtMost; number += 1) {
    const file = `${stem}${number === 1 ? "" : `-${number}`}.xlsx`;
    if ((await wroteNew(file, workbook)) || (await holds(file, workbook))) return file;
  }
  throw new Error(allThere(stem)[terminalLanguage()]);
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

const allThere = (stem: string) => ({
  en: `${stem}.xlsx … ${stem}-${filesAtMost}.xlsx are there already`,
  zhCN: `${stem}.xlsx 至 ${stem}-${filesAtMost}.xlsx 均已存在`,
});

const saved = (file: string) => ({
  en: `The rows that could not be imported are in ${file}, the cells at fault marked: mend them and import that file.`,
  zhCN: `未能导入的行已保存到 ${file}，有问题的单元格已标出：请修改后导入该文件。`,
});

const notSaved = (reason: string) => ({
  en: `The rows that could not be imported could not be saved as a workbook: ${reason}`,
  zhCN: `未能导入的行无法保存为工作簿：${reason}`,
});
