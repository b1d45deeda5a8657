import { terminalLanguage } from "./language.ts";
import { UnusableInput } from "./unusable-input.ts";

/** What became of reading a file that the command line names. */
export const cannotRead = (file: string, cause: unknown): UnusableInput => {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new UnusableInput([sentence(file, reason)[terminalLanguage()]], { cause });
};

const sentence = (file: string, reason: string) => ({
  en: `${file} cannot be read: ${reason}`,
  zhCN: `无法读取 ${file}：${reason}`,
});
