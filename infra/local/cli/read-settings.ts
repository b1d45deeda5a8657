import { readFile } from "node:fs/promises";
import { isMailferryError } from "../../../shared/contract/errors.ts";
import { MigrationSettings } from "../../../shared/contract/settings.ts";
import { refuseUnusable } from "../../../shared/domain/check-settings.ts";
import { parseDomain } from "../../../shared/domain/domain-name.ts";
import type { Sentences } from "../../../shared/domain/issue-sentences.ts";
import { problemAt, problemsOf, settingsUnusable } from "../../../shared/domain/settings-problems.ts";
import { cannotRead } from "./cannot-read.ts";
import { terminalLanguage } from "./language.ts";
import { UnusableInput } from "./unusable-input.ts";

/**
 * Reads `migration.json` and checks it as the workflow's first step will, before anything is started; the domain comes back
 * in its DNS form. @throws UnusableInput naming every key that is unknown, missing, of the wrong type or unsafe, with its path
 */
export const readSettings = async (file: string): Promise<MigrationSettings> => {
  const written = await readJson(file);
  const read = MigrationSettings.safeParse(written);
  if (!read.success) {
    const problems = problemsOf({ schema: MigrationSettings, written, error: read.error });
    throw new UnusableInput(problems.map((problem) => problemAt(file, problem)[terminalLanguage()]));
  }
  try {
    refuseUnusable(read.data);
    return { ...read.data, domain: parseDomain(read.data.domain) };
  } catch (error) {
    if (isMailferryError(error)) throw new UnusableInput([error.in(terminalLanguage())], { cause: error });
    throw error;
  }
};

const readJson = async (file: string): Promise<unknown> => {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw cannotRead(file, error);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    const unusable = settingsUnusable([problemAt(file, noJson(error))]);
    throw new UnusableInput([unusable.in(terminalLanguage())], { cause: error });
  }
};

const noJson = (error: unknown): Sentences => {
  const reason = error instanceof Error ? error.message : String(error);
  return { en: reason, zhCN: `不是有效的 JSON（${reason}）` };
};
