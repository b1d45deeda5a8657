import { dirname, resolve } from "node:path";
import { type Member, parseDirectoryFile } from "../../../shared/accounts/directory.ts";
import type { MigrationSettings } from "../../../shared/contract/settings.ts";
import { readDirectory } from "./hold-settings.ts";
import { readWecomMembers } from "./read-wecom-members.ts";

/**
 * The members of the directory that the settings name; null where the admin's own third sheet is the directory.
 * @throws DirectoryUnreadable, and what readWecomMembers throws
 */
export const templateMembers = async (
  { directory }: MigrationSettings,
  settingsFile: string,
): Promise<readonly Member[] | null> => {
  switch (directory.kind) {
    case "sheet":
      return null;
    case "file": {
      const bytes = await readDirectory(resolve(dirname(resolve(settingsFile)), directory.path));
      return parseDirectoryFile(new TextDecoder().decode(bytes), directory.path).members;
    }
    case "wecom":
      return readWecomMembers(directory, settingsFile);
  }
};
