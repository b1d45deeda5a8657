import type { Uid } from "../contract/ids.ts";
import type { FolderRecord } from "../contract/mailbox.ts";
import type { Sessions } from "./sessions.ts";

/**
 * Target messages that others have changed since the folder was last in order, or null where that cannot be told because the
 * target has no CONDSTORE. What this pass itself has written there is among them, so it is asked before anything is.
 */
export const touchedAtTarget = async (
  { target }: Sessions,
  { targetPath, targetModseq }: FolderRecord,
): Promise<ReadonlySet<Uid> | null> => {
  if (targetModseq === undefined || targetModseq === null) return null;
  return new Set((await target.changedSince(targetPath, targetModseq)).map(({ uid }) => uid));
};
