import { isMailferryError } from "../contract/errors.ts";
import type { FolderPath } from "../contract/ids.ts";
import type { FolderRecord } from "../contract/mailbox.ts";
import type { ListedFolder, MailSession } from "../ports/mail-server.ts";

/** Subscribes to folders, all together and then one by one, and tells which of them the server refuses. */
export const refusedSubscriptions = async (
  target: MailSession,
  folders: readonly FolderPath[],
): Promise<ReadonlySet<FolderPath>> => {
  const refused = new Set<FolderPath>();
  const subscribed = await taken(target, folders);
  for (const folder of folders) {
    if (!subscribed.has(folder) && (await refusesSubscription(target, folder))) refused.add(folder);
  }
  return refused;
};

/** Subscribes to one folder. Only a refusal is one: a server that is busy or gone has not said what becomes of the subscription. */
export const refusesSubscription = async (target: MailSession, folder: FolderPath): Promise<boolean> => {
  try {
    await target.subscribe(folder);
    return false;
  } catch (thrown) {
    if (isMailferryError(thrown, "FolderUnusable")) return true;
    throw thrown;
  }
};

/**
 * Asks once more for the subscriptions that were refused, unless the source no longer has them. Where none was refused nothing is asked,
 * which costs nothing and overrules nobody who has unsubscribed at the target.
 */
export const subscribeAgain = async <Met extends { readonly record: FolderRecord }>(
  target: MailSession,
  folders: readonly Met[],
  survey: readonly ListedFolder[],
): Promise<readonly Met[]> => {
  const atSource = new Set(survey.filter(({ subscribed }) => subscribed).map(({ path }) => path));
  const wanted = folders.flatMap(({ record: { sourcePath, targetPath, notSubscribed } }) =>
    notSubscribed === true && atSource.has(sourcePath) ? [targetPath] : [],
  );
  const subscribed = await taken(target, wanted);
  return folders.map((folder) => {
    const { notSubscribed, ...record } = folder.record;
    const isStillRefused = atSource.has(record.sourcePath) && !subscribed.has(record.targetPath);
    return notSubscribed === undefined || isStillRefused ? folder : { ...folder, record };
  });
};

const taken = async (
  target: MailSession,
  folders: readonly FolderPath[],
): Promise<ReadonlySet<FolderPath>> => (folders.length === 0 ? new Set() : target.subscribeTogether(folders));
