import { processEnvironment } from "../../../functions/runtime/environment.ts";
import type { Language } from "../../../shared/contract/errors.ts";

/** The language of the person at this terminal, as POSIX locales say it (`LC_ALL` before `LC_MESSAGES` before `LANG`). */
export const terminalLanguage = (): Language => {
  const { LC_ALL, LC_MESSAGES, LANG } = processEnvironment();
  return (LC_ALL || LC_MESSAGES || LANG || "").toLowerCase().startsWith("zh") ? "zhCN" : "en";
};
