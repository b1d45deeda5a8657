import type { DirectoryAnswer, ReadDirectory } from "../../events/read-directory.ts";
import { type Directory, parseDirectoryFile } from "../accounts/directory.ts";
import type { DirectorySnapshot } from "../contract/directory-snapshot.ts";
import { isMailferryError, MailferryError } from "../contract/errors.ts";
import type { MigrationId } from "../contract/ids.ts";
import { objectKeys } from "../contract/objects.ts";
import type { WecomDirectory } from "../contract/settings.ts";
import { type StoredError, toStoredError } from "../contract/stored-error.ts";
import { requireMigration } from "../passes/amend-migration.ts";
import type { Clock } from "../ports/clock.ts";
import type { DirectoryStore } from "../ports/directory-store.ts";
import type { DirectoryReading, MemberDirectory } from "../ports/member-directory.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import { directoryBytesAtMost } from "./limits.ts";
import { withChanges } from "./note-changes.ts";
import { unreadDirectory } from "./unread-directory.ts";

export interface ReadDirectoryPorts {
  readonly clock: Clock;
  readonly migrations: Pick<MigrationStore, "get">;
  readonly directories: DirectoryStore;
  readonly memberDirectory: MemberDirectory;
  readonly objects: Pick<ObjectStore, "read" | "write">;
}

/**
 * Reads everybody from WeCom and leaves the snapshot where a directory file would lie, for import, template and allocation. Who
 * joined and who left is recorded before the snapshot is replaced: cut off in between, the next reading finds the same
 * difference and notes nobody twice.
 * @throws MigrationUnknown, and what is no trouble of the directory's
 */
export const readDirectory = async (
  app: ReadDirectoryPorts,
  { migrationId, evenIfFewer = false }: Pick<ReadDirectory, "migrationId" | "evenIfFewer">,
): Promise<DirectoryAnswer> => {
  const { directory } = (await requireMigration(app.migrations, migrationId)).settings;
  if (directory.kind !== "wecom") return { outcome: "notAsked" };
  const at = app.clock.now();
  const reading = await readAll(app, directory);
  // After the reading, which may take minutes: what others noted meanwhile is not to be undone.
  const known = (await app.directories.get(migrationId)) ?? unreadDirectory(migrationId);
  if ("evidence" in reading) return notTaken(app, known, reading);
  const before = known.read?.corpId === directory.corpId ? await snapshotOf(app, migrationId) : null;
  const doubt = evenIfFewer ? null : doubtOf(reading, before);
  if (doubt !== null || reading.members.length === 0)
    return notTaken(app, known, doubt ?? doubtful(0, before?.members.length ?? 0));
  const body = new TextEncoder().encode(JSON.stringify(reading.members));
  if (body.length > directoryBytesAtMost) return notTaken(app, known, tooLarge(body.length));
  const noted = before === null ? known : withChanges(known, before, reading.members, at);
  if (noted !== known) await app.directories.put(noted);
  await app.objects.write(objectKeys.directory(migrationId), body, "application/json");
  const { trouble: _over, ...rest } = noted;
  const { members, names } = reading;
  const read = { at, corpId: directory.corpId, members: members.length, names };
  await app.directories.put({ ...rest, read });
  const { joinedEver, leftEver, joined, left } = rest;
  return { outcome: "taken", members: members.length, names, joinedEver, leftEver, joined, left };
};

const readAll = async (
  app: ReadDirectoryPorts,
  directory: WecomDirectory,
): Promise<DirectoryReading | StoredError> => {
  try {
    return await app.memberDirectory.readAll(directory);
  } catch (error) {
    if (isMailferryError(error)) return toStoredError(error);
    throw error;
  }
};

const notTaken = async (
  app: ReadDirectoryPorts,
  known: DirectorySnapshot,
  error: StoredError,
): Promise<DirectoryAnswer> => {
  await app.directories.put({ ...known, trouble: { error, at: app.clock.now() } });
  return { outcome: "notTaken", error };
};

/** A snapshot that cannot be read any more is replaced by the new one, and nobody counts as joined. */
const snapshotOf = async (app: ReadDirectoryPorts, migrationId: MigrationId): Promise<Directory | null> => {
  const key = objectKeys.directory(migrationId);
  const bytes = await app.objects.read(key, directoryBytesAtMost);
  if (bytes === null) return null;
  try {
    return parseDirectoryFile(new TextDecoder().decode(bytes), key);
  } catch (error) {
    if (isMailferryError(error, "DirectoryUnreadable")) return null;
    throw error;
  }
};

/** Fewer than this and a company may well lose half of its members between two readings. */
const fewMembers = 20;

/** A visible range that somebody narrowed looks like a company that half of its people left. */
const doubtOf = ({ members }: DirectoryReading, before: Directory | null): StoredError | null => {
  if (before === null || before.members.length < fewMembers) return null;
  return members.length * 2 < before.members.length ? doubtful(members.length, before.members.length) : null;
};

const tooLarge = (bytes: number): StoredError =>
  toStoredError(new MailferryError("WecomAnswerUnusable", { call: "user/list", what: `${bytes} bytes` }));

const doubtful = (count: number, before: number): StoredError =>
  toStoredError(new MailferryError("DirectoryDoubtful", { count, before }));
