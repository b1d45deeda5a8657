import type { FolderPath } from "../contract/ids.ts";
import type { FolderProvenance } from "../contract/mailbox.ts";
import type { ListedFolder } from "../ports/mail-server.ts";
import { isArchiveView } from "./archive-view.ts";
import {
  type FolderProfile,
  type FolderProfiles,
  isSkipped,
  ownSegments,
  plainProfiles,
} from "./folder-profile.ts";
import { type FolderRole, type KnownRole, roleOf } from "./folder-role.ts";
import { folderKey, targetSegments, unlike } from "./target-name.ts";

/** Where the messages of one source folder go. */
export interface PlannedFolder {
  readonly source: ListedFolder;
  /** For `createFolder`, where no folder of the target serves already. */
  readonly segments: readonly string[];
  /** The folder of the target that serves; null when it has to be made. */
  readonly existing: FolderPath | null;
  readonly provenance: FolderProvenance;
}

/** What is settled from earlier passes: a source folder keeps its target for good. */
export type SettledFolders = ReadonlyMap<FolderPath, FolderPath>;

/**
 * Finds a target folder for every source folder that can hold messages: INBOX for INBOX; the target's folder of the same
 * role, known on either side by attribute or by the name table; otherwise a folder of the same name.
 *
 * No two source folders share a target. A role's folder goes to the one source folder that is known for it best (attribute
 * before name, then the first by path), and a name that is taken gets a number: a merge could not be told from a loss
 * when the folders are compared afterwards. Folders in `settled` are left out, their targets are taken; so are those that
 * the source's profile skips. Where a profile chose the place, the provenance says so. A view that shows archived mail has the role
 * of an archive.
 */
export const planFolders = (
  source: readonly ListedFolder[],
  target: readonly ListedFolder[],
  settled: SettledFolders = new Map(),
  profiles: FolderProfiles = plainProfiles,
): readonly PlannedFolder[] => {
  const separator = target.find((folder) => folder.separator !== "")?.separator ?? "/";
  const taken = new Set(
    target
      .filter(({ path }) => [...settled.values()].includes(path))
      .map(({ segments }) => folderKey(segments)),
  );
  const existing = new Map(target.map((folder) => [folderKey(folder.segments), folder.path]));
  const folders = source.map((folder) => asArchive(folder, profiles.source));
  const open = folders
    .filter((folder) => folder.selectable && !settled.has(folder.path) && !isSkipped(folder, profiles.source))
    .toSorted(byPath);
  const settledSources = folders.filter(({ path }) => settled.has(path));

  const take = (
    folder: ListedFolder,
    wanted: readonly string[],
    provenance: FolderProvenance,
  ): PlannedFolder => {
    const segments = unlike(wanted, taken);
    taken.add(folderKey(segments));
    return { source: folder, segments, existing: existing.get(folderKey(segments)) ?? null, provenance };
  };
  const byRole = roleTargets(open, target, settledSources);
  const special = open.flatMap((folder) => {
    if (isInbox(folder)) return [take(folder, ["INBOX"], "inbox")];
    const match = byRole.get(folder.path);
    if (match === undefined || taken.has(folderKey(match.folder.segments))) return [];
    return [take(folder, match.folder.segments, match.provenance)];
  });
  const served = new Set(special.map(({ source: { path } }) => path));
  const plain = open
    .filter(({ path }) => !served.has(path))
    .map((folder) => {
      const { segments, provenance } = placeOf(folder, profiles);
      return take(folder, targetSegments(segments, separator), provenance);
    });
  return [...special, ...plain].toSorted((one, other) => byPath(one.source, other.source));
};

const asArchive = (folder: ListedFolder, profile: FolderProfile): ListedFolder =>
  profile.archive !== null && isArchiveView(folder, profile)
    ? {
        ...folder,
        specialUse: "\\Archive",
        segments: [...folder.segments.slice(0, -1), profile.archive.name],
      }
    : folder;

/** Where a folder goes that no folder of the target serves yet. */
const placeOf = (
  folder: ListedFolder,
  { source, target }: FolderProfiles,
): { readonly segments: readonly string[]; readonly provenance: FolderProvenance } => {
  const segments = ownSegments(folder, source);
  const role = roleOf(folder)?.role;
  const named = role === undefined ? undefined : target.roles[role];
  if (named !== undefined) return { segments: [named], provenance: "profile" };
  if (target.ownFoldersBelow !== null) {
    return { segments: [target.ownFoldersBelow, ...segments], provenance: "profile" };
  }
  return { segments, provenance: segments === folder.segments ? "same-name" : "profile" };
};

interface RoleTarget {
  readonly folder: ListedFolder;
  readonly provenance: FolderProvenance;
}

/** For each role at most one source folder, and only if the target has a folder for it. A role settled earlier stays where it is. */
const roleTargets = (
  open: readonly ListedFolder[],
  target: readonly ListedFolder[],
  settled: readonly ListedFolder[],
): ReadonlyMap<FolderPath, RoleTarget> => {
  const targets = bestByRole(target.filter(({ selectable }) => selectable));
  const given = new Set(settled.flatMap((folder) => roleOf(folder)?.role ?? []));
  const matches = [...bestByRole(open)].flatMap(([role, { folder, by }]): [FolderPath, RoleTarget][] => {
    const match = targets.get(role);
    if (match === undefined || given.has(role)) return [];
    const provenance = by === "extension" && match.by === "extension" ? "special-use" : "name-table";
    return [[folder.path, { folder: match.folder, provenance }]];
  });
  return new Map(matches);
};

const bestByRole = (folders: readonly ListedFolder[]) => {
  const best = new Map<FolderRole, { readonly folder: ListedFolder; readonly by: KnownRole["by"] }>();
  for (const folder of folders) {
    const known = roleOf(folder);
    if (known === null || isInbox(folder)) continue;
    const rival = best.get(known.role);
    if (rival === undefined || (rival.by === "name" && known.by === "extension")) {
      best.set(known.role, { folder, by: known.by });
    }
  }
  return best;
};

const isInbox = ({ path }: ListedFolder): boolean => path.toUpperCase() === "INBOX";

/** INBOX first: it is what a member looks at first. Otherwise by code points, the same on every machine. */
const byPath = (one: ListedFolder, other: ListedFolder): number => {
  if (isInbox(one) !== isInbox(other)) return isInbox(one) ? -1 : 1;
  return one.path < other.path ? -1 : one.path > other.path ? 1 : 0;
};
