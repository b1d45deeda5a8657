import { writeFile } from "node:fs/promises";
import { terminalLanguage } from "./language.ts";
import { UnusableInput } from "./unusable-input.ts";

/** Writes a file that is to be filled in. One that is there already may be what somebody has filled in: it is never written over. @throws UnusableInput */
export const writeNew = async (file: string, bytes: Uint8Array): Promise<void> =>
  writeFile(file, bytes, { flag: "wx" }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnusableInput([cannotWrite(file, reason)[terminalLanguage()]], { cause: error });
  });

const cannotWrite = (file: string, reason: string) => ({
  en: `${file} cannot be written: ${reason}. A file that is there already is not overwritten; choose another name.`,
  zhCN: `无法写入 ${file}：${reason}。已存在的文件不会被覆盖，请换一个名称。`,
});
