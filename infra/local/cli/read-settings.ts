import { readFile } from "node:fs/promises";
import { isMailferryError, MailferryError } from "../../../shared/contract/errors.ts";
import { MigrationSettings } from "../../../shared/contract/settings.ts";
import { problemsOf, refuseUnusable } from "../../../shared/domain/check-settings.ts";
import { parseDomain } from "../../../shared/domain/domain-name.ts";
import { terminalLanguage } from "./language.ts";
import { UnusableInput } from "./unusable-input.ts";

/**
 * Reads `migration.json` and checks it as the workflow's first step will, before anything is started; the domain comes back
 * in its DNS form. @throws UnusableInput naming every key that is unknown, missing, of the wrong type or unsafe, with its path
 */
export const readSettings = async (file: string): Promise<MigrationSettings> => {
  const read = MigrationSettings.safeParse(await readJson(file));
  if (!read.success) throw new UnusableInput(problemsOf(read.error).map((problem) => `${file}: ${problem}`));
  try {
    refuseUnusable(read.data);
    return { ...read.data, domain: parseDomain(read.data.domain) };
  } catch (error) {
    if (isMailferryError(error)) throw new UnusableInput([error.in(terminalLanguage())], { cause: error });
    throw error;
  }
};

const readJson = async (file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const unusable = new MailferryError("SettingsUnusable", { problems: `${file}: ${reason}` });
    throw new UnusableInput([unusable.in(terminalLanguage())], { cause: error });
  }
};
