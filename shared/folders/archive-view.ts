import type { ListedFolder } from "../ports/mail-server.ts";
import { type FolderProfile, isSkipped } from "./folder-profile.ts";

/** The folder that shows all mail, archived mail among it, where the profile knows of one. */
export const archiveViewOf = <Folder extends ListedFolder>(
  source: readonly Folder[],
  profile: FolderProfile,
): Folder | undefined => source.find((folder) => folder.selectable && isArchiveView(folder, profile));

/** Whether a folder shows all mail, of which only what lies in no other copied folder is copied: what is archived. */
export const isArchiveView = (
  { specialUse }: Pick<ListedFolder, "specialUse">,
  { archive }: FolderProfile,
): boolean => archive !== null && specialUse === archive.view;

/** The folders that are copied beside it. */
export const copiedBeside = <Folder extends ListedFolder>(
  source: readonly Folder[],
  profile: FolderProfile,
): readonly Folder[] =>
  source.filter(
    (folder) => folder.selectable && !isSkipped(folder, profile) && !isArchiveView(folder, profile),
  );

/**
 * The labels that say of a message that it lies in one of these folders. Labels of Gmail's own, which begin with a backslash, are the
 * same in every language; any other is its folder's name. Gmail lets members make a label that is called `\Important` and shows
 * it as its own, so that a name of that kind says nothing: its messages are rather copied twice than not at all.
 */
export const labelsOf = (folders: readonly ListedFolder[]): readonly string[] =>
  folders.flatMap(({ path, specialUse }) => {
    if (path.toUpperCase() === "INBOX") return ["\\Inbox"];
    const own = specialUse === null ? undefined : ownLabels.get(specialUse);
    if (own !== undefined) return [own];
    return path.startsWith("\\") ? [] : [path];
  });

/** Trash and Spam are no part of All Mail. */
const ownLabels: ReadonlyMap<string, string> = new Map([
  ["\\Sent", "\\Sent"],
  ["\\Drafts", "\\Draft"],
]);
