import { readFile } from "node:fs/promises";
import { MailferryError } from "../../../shared/contract/errors.ts";
import { MigrationSettings } from "../../../shared/contract/settings.ts";
import { UnusableInput } from "./unusable-input.ts";

/** Reads `migration.json`. @throws UnusableInput naming every key that is unknown, missing or of the wrong type, with its path */
export const readSettings = async (file: string): Promise<MigrationSettings> => {
  const read = MigrationSettings.safeParse(await readJson(file));
  if (read.success) return read.data;
  const problems = read.error.issues.map(
    ({ path, message }) => `${file}: ${path.join(".") || "settings"}: ${message}`,
  );
  throw new UnusableInput(problems);
};

const readJson = async (file: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnusableInput([new MailferryError("SettingsUnusable", { problems: reason }).message], {
      cause: error,
    });
  }
};
