import type { ListedFolder } from "../ports/mail-server.ts";
import { roleNames } from "./role-names.ts";

/** What a folder is for, as far as mail programs agree on it. */
export type FolderRole = "sent" | "drafts" | "trash" | "junk" | "archive";

/** A folder's role and how it is known. */
export interface KnownRole {
  readonly role: FolderRole;
  readonly by: "extension" | "name";
}

/** The attribute of RFC 6154 decides where the server gives one; otherwise the name of a top-level folder, if it is in the table. */
export const roleOf = ({ specialUse, segments }: ListedFolder): KnownRole | null => {
  const attributed = specialUse === null ? undefined : attributes.get(specialUse.toLowerCase());
  if (attributed !== undefined) return { role: attributed, by: "extension" };
  const [name, ...below] = segments;
  if (specialUse !== null || name === undefined || below.length > 0) return null;
  const named = rolesByName.get(folded(name));
  return named === undefined ? null : { role: named, by: "name" };
};

/** RFC 6154, and XLIST's own words for the same (Gmail, Tencent). */
const attributes: ReadonlyMap<string, FolderRole> = new Map([
  ["\\sent", "sent"],
  ["\\drafts", "drafts"],
  ["\\trash", "trash"],
  ["\\junk", "junk"],
  ["\\spam", "junk"],
  ["\\archive", "archive"],
]);

const folded = (name: string): string => name.normalize("NFKC").trim().toLowerCase();

const rolesByName: ReadonlyMap<string, FolderRole> = new Map(
  roleNames.flatMap(({ role, names }) => names.map((name) => [folded(name), role] as const)),
);
