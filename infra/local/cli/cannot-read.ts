import { terminalLanguage } from "./language.ts";
import { systemReason } from "./system-reason.ts";
import { UnusableInput } from "./unusable-input.ts";

/** What became of reading a file that the command line names. */
export const cannotRead = (file: string, cause: unknown): UnusableInput => {
  const language = terminalLanguage();
  return new UnusableInput([sentence(file, systemReason(cause, language))[language]], { cause });
};

const sentence = (file: string, reason: string) => ({
  en: `${file} cannot be read: ${reason}. Check the path and the permissions.`,
  zhCN: `无法读取 ${file}：${reason}。请检查路径和权限。`,
});
