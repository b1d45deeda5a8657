import type { Migration } from "../contract/migration.ts";
import { type StoredError, toError } from "../contract/stored-error.ts";
import type { Clock } from "../ports/clock.ts";
import type { DirectoryReader } from "../ports/directory-reader.ts";
import type { DirectoryStore } from "../ports/directory-store.ts";
import { hasCome, secondsAfter } from "../time/moment.ts";
import { isPassing } from "./ask-for-reading.ts";

export interface HaveDirectoryPorts {
  readonly clock: Clock;
  readonly directories: Pick<DirectoryStore, "get">;
  readonly directoryReader: Pick<DirectoryReader, "read">;
}

/** A colleague is added to WeCom and to the sheet in one go, so only a reading of just now spares another one. Seconds. */
const freshSeconds = 10;

/**
 * Makes sure that an import finds the members: nobody is unknown only because WeCom was not asked lately. Where it cannot be asked
 * just now, an older snapshot has to do; why is the answer, null when the snapshot is as of now.
 * @throws what the reading met with, when there is no snapshot at all
 */
export const haveDirectory = async (
  app: HaveDirectoryPorts,
  { migrationId, settings: { directory } }: Pick<Migration, "migrationId" | "settings">,
): Promise<StoredError | null> => {
  if (directory.kind !== "wecom") return null;
  const read = (await app.directories.get(migrationId))?.read;
  const isOurs = read?.corpId === directory.corpId;
  if (read !== undefined && isOurs && !hasCome(secondsAfter(read.at, freshSeconds), app.clock.now()))
    return null;
  const answer = await app.directoryReader.read({ migrationId });
  if (answer.outcome !== "notTaken") return null;
  if (!isOurs) throw toError(answer.error);
  return answer.error;
};

/**
 * Why an upload cannot be judged whose rows name somebody that only an older snapshot does not know: they may have joined since.
 * @throws that reason where it is likely to pass, so that the import is tried again
 */
export const whyUncertain = (trouble: StoredError): StoredError => {
  if (isPassing(trouble.name)) throw toError(trouble);
  return trouble;
};

/**
 * Reads the directory before anything is started with it, so that a wrong secret or an address that WeCom does not trust is told
 * at once. A doubtful answer beside a good snapshot is no obstacle. @throws what the reading met with
 */
export const tryDirectory = async (
  app: Pick<HaveDirectoryPorts, "directoryReader">,
  { migrationId, settings }: Pick<Migration, "migrationId" | "settings">,
): Promise<void> => {
  if (settings.directory.kind !== "wecom") return;
  const answer = await app.directoryReader.read({ migrationId });
  if (answer.outcome !== "notTaken") return;
  const { name, evidence } = answer.error;
  if (name === "DirectoryDoubtful" && Number(evidence.before) > 0) return;
  throw toError(answer.error);
};
