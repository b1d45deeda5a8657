import { forEachBounded } from "../accounts/for-each-bounded.ts";
import type { FolderPath } from "../contract/ids.ts";
import type { BatchPart } from "../contract/mailbox.ts";
import type { FolderStatus, MailSession } from "../ports/mail-server.ts";

/** Folders that are asked about at a time: a batch may hold hundreds of small ones, and one after the other each costs a round trip. */
const askedAtOnce = 32;

/** The folders of a batch' parts on one side, in the order of the parts; null where one is gone or its part is recorded. */
export const partStatuses = async (
  session: Pick<MailSession, "folderStatus">,
  parts: readonly BatchPart[],
  pathOf: (part: BatchPart) => FolderPath,
): Promise<readonly (FolderStatus | null)[]> => {
  const statuses: (FolderStatus | null)[] = parts.map(() => null);
  await forEachBounded([...parts.entries()], askedAtOnce, async ([index, part]) => {
    if (part.progress.state !== "recorded") statuses[index] = await session.folderStatus(pathOf(part));
  });
  return statuses;
};
