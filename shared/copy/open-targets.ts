import { isMailferryError, type MailferryError } from "../contract/errors.ts";
import type { FolderPath } from "../contract/ids.ts";
import { holdableSegments } from "../folders/holdable-name.ts";
import type { PlannedFolder } from "../folders/plan-folders.ts";
import type { FolderStatus, MailSession } from "../ports/mail-server.ts";
import { refusedSubscriptions, refusesSubscription } from "./subscriptions.ts";

/** A folder at the target. */
export interface OpenedTarget {
  readonly path: FolderPath;
  /** Null where the survey that showed it did not tell, or none did. */
  readonly status: FolderStatus | null;
  /** Whether the server refused to subscribe to it, as the source is. */
  readonly notSubscribed: boolean;
}

/**
 * Makes the target folders of planned ones where they are not there, and subscribes to them as at the source: all together, and those for
 * which that was of no avail one by one. A folder that cannot be made is left out; one that is not subscribed to holds mail all the same.
 *
 * `statuses` are those of the folders that were there before.
 */
export const openTargets = async (
  target: MailSession,
  folders: readonly PlannedFolder[],
  statuses: ReadonlyMap<FolderPath, FolderStatus | null>,
): Promise<ReadonlyMap<PlannedFolder, OpenedTarget>> => {
  const together = await madeTogether(target, folders);
  const opened = await usable(folders, async (planned) => {
    const made = together.get(planned);
    if (made !== undefined) return { planned, ...made };
    const path = await existingOrMade(target, planned);
    return { planned, path, status: statuses.get(path) ?? null };
  });
  const wanted = opened.filter(({ planned }) => planned.source.subscribed).map(({ path }) => path);
  const refused = await refusedSubscriptions(target, wanted);
  return new Map(
    opened.map(({ planned, path, status }) => [planned, { path, status, notSubscribed: refused.has(path) }]),
  );
};

/** The same for one folder, by itself. @throws FolderUnusable where it cannot be made */
export const openTarget = async (
  { target }: { readonly target: MailSession },
  planned: PlannedFolder,
): Promise<FolderPath> => {
  const path = await existingOrMade(target, planned);
  if (planned.source.subscribed) await refusesSubscription(target, path);
  return path;
};

/** Does it for one after the other, and leaves out those that turn out to be unusable or come to null. */
export const usable = async <Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result | null>,
): Promise<readonly Result[]> => {
  const results: Result[] = [];
  for (const item of items) {
    const result = await unlessUnusable(() => work(item));
    if (result !== null) results.push(result);
  }
  return results;
};

type MadeTarget = Pick<OpenedTarget, "path" | "status">;

/** Only a folder that is listed under the very name that was asked for, and can hold messages, is known to be the one. */
const madeTogether = async (
  target: MailSession,
  folders: readonly PlannedFolder[],
): Promise<ReadonlyMap<PlannedFolder, MadeTarget>> => {
  const missing = folders.filter(({ existing }) => existing === null);
  if (missing.length === 0) return new Map();
  const listed = await target.createTogether(missing.map(({ segments }) => segments));
  const named = new Map(
    listed
      .filter(({ selectable }) => selectable)
      .map(({ segments, path, status }) => [JSON.stringify(segments), { path, status }]),
  );
  return new Map(
    missing.flatMap((planned): [PlannedFolder, MadeTarget][] => {
      const made = named.get(JSON.stringify(planned.segments));
      return made === undefined ? [] : [[planned, made]];
    }),
  );
};

/** The folder that serves, or a new one, under a plainer name if it cannot have its own. @throws FolderUnusable */
const existingOrMade = async (
  target: MailSession,
  { existing, segments }: PlannedFolder,
): Promise<FolderPath> => {
  if (existing !== null) return existing;
  try {
    return await target.createFolder(segments);
  } catch (thrown) {
    if (!isMailferryError(thrown, "FolderUnusable")) throw thrown;
    return orElse(() => target.createFolder(holdableSegments(segments)), thrown);
  }
};

/** What the server said of the folder's own name is what a person needs to know. */
const orElse = async (create: () => Promise<FolderPath>, reason: MailferryError): Promise<FolderPath> => {
  try {
    return await create();
  } catch (thrown) {
    throw isMailferryError(thrown, "FolderUnusable") ? reason : thrown;
  }
};

const unlessUnusable = async <Result>(work: () => Promise<Result>): Promise<Result | null> => {
  try {
    return await work();
  } catch (thrown) {
    if (isMailferryError(thrown, "FolderUnusable")) return null;
    throw thrown;
  }
};
