import { writeFile } from "node:fs/promises";
import { terminalLanguage } from "./language.ts";
import { systemReason } from "./system-reason.ts";
import { UnusableInput } from "./unusable-input.ts";

/** Writes a file that is to be filled in. One that is there already may be what somebody has filled in: it is never written over. @throws UnusableInput */
export const writeNew = async (file: string, bytes: Uint8Array): Promise<void> =>
  writeFile(file, bytes, { flag: "wx" }).catch((error: unknown) => {
    const language = terminalLanguage();
    const isThere = error instanceof Error && "code" in error && error.code === "EEXIST";
    const sentence = isThere ? isThereAlready(file) : cannotWrite(file, systemReason(error, language));
    throw new UnusableInput([sentence[language]], { cause: error });
  });

const isThereAlready = (file: string) => ({
  en: `${file} is there already and is not overwritten; choose another name.`,
  zhCN: `${file} 已存在，不会被覆盖，请换一个名称。`,
});

const cannotWrite = (file: string, reason: string) => ({
  en: `${file} cannot be written: ${reason}. Check the path and the permissions.`,
  zhCN: `无法写入 ${file}：${reason}。请检查路径和权限。`,
});
