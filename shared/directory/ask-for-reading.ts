import type { DirectorySnapshot } from "../contract/directory-snapshot.ts";
import type { ErrorName } from "../contract/errors.ts";
import type { Timestamp } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import type { Clock } from "../ports/clock.ts";
import type { DirectoryReader } from "../ports/directory-reader.ts";
import type { DirectoryStore } from "../ports/directory-store.ts";
import { hasCome, secondsAfter } from "../time/moment.ts";
import { unreadDirectory } from "./unread-directory.ts";

export interface AskForReadingPorts {
  readonly clock: Clock;
  readonly directories: DirectoryStore;
  readonly directoryReader: Pick<DirectoryReader, "ask">;
}

/**
 * Members who join later are noticed by the tick: it has WeCom's directory read again every hour, until the migration is closed or,
 * where those who join are given addresses, for as long as there is a record of it.
 */
export const askForReading = async (app: AskForReadingPorts, migration: Migration): Promise<void> => {
  if (migration.settings.directory.kind !== "wecom") return;
  if (migration.phase === "domain") return;
  const { migrationId, phase, settings } = migration;
  if (phase === "closed" && settings.allocation !== "assign") return;
  const known = (await app.directories.get(migrationId)) ?? unreadDirectory(migrationId);
  const now = app.clock.now();
  if (!isReadingDue(known, now)) return;
  await app.directories.put({ ...known, askedAt: now });
  await app.directoryReader.ask(migrationId);
};

const hour = 3_600;

/** A limit on calls blocks for a minute, an hour or a day; a network is away for as long as it likes. Seconds. */
const afterPassingTrouble = 900;

/** Longer than a reading may take, so that a second one is not begun beside it. Seconds. */
const readingAtMost = 900;

const passing: readonly ErrorName[] = ["WecomBusy", "WecomUnreachable", "WecomAnswerUnusable"];

/** Whether it is time for another reading. */
export const isReadingDue = ({ read, trouble, askedAt }: DirectorySnapshot, now: Timestamp): boolean => {
  const waits: readonly (readonly [Timestamp | undefined, number])[] = [
    [read?.at, hour],
    [trouble?.at, trouble !== undefined && isPassing(trouble.error.name) ? afterPassingTrouble : hour],
    [askedAt, readingAtMost],
  ];
  return waits.every(([since, seconds]) => since === undefined || hasCome(secondsAfter(since, seconds), now));
};

/** Whether it is likely to be over soon without anybody's doing. */
export const isPassing = (name: ErrorName): boolean => passing.includes(name);
