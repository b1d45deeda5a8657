import type { FolderRecord } from "../contract/mailbox.ts";
import type { MessageMetadata } from "../ports/mail-server.ts";
import type { Sessions } from "./sessions.ts";
import { sameFlags, storableFlags } from "./storable-flags.ts";

/** A message on both sides, as their metadata show it. */
export interface ComparedMessage {
  readonly source: MessageMetadata;
  readonly target: MessageMetadata;
  readonly as: "copied" | "alreadyThere";
  /** Whether no completed pass has seen this pair before. */
  readonly isNew: boolean;
}

/**
 * Gives target messages the flags their source messages have by now. With CONDSTORE only those are touched that changed at
 * the source since the last pass. Without it both sides are compared, but no longer once people work at the target:
 * which side changed cannot be told then, and what a member did there must not be undone.
 */
export const bringFlags = async (
  { source, target }: Sessions,
  folder: FolderRecord,
  messages: readonly ComparedMessage[],
  peopleAtTarget: boolean,
): Promise<void> => {
  const differing = messages.filter((pair) => !sameFlags(pair.source.flags, pair.target.flags));
  if (differing.length === 0) return;
  const modseq = source.capabilities.includes("CONDSTORE") ? folder.flagsAsOfModseq : null;
  const changed =
    modseq === null
      ? null
      : new Set((await source.changedSince(folder.sourcePath, modseq)).map(({ uid }) => uid));
  const due = differing.filter((pair) => {
    if (pair.isNew) return true;
    return changed === null ? !peopleAtTarget : changed.has(pair.source.uid);
  });
  if (due.length === 0) return;
  const permanent = await target.permanentFlags(folder.targetPath);
  const changes = due.flatMap((pair) => {
    const flags = storableFlags(pair.source.flags, permanent);
    return sameFlags(flags, pair.target.flags) ? [] : [{ uid: pair.target.uid, flags }];
  });
  if (changes.length > 0) await target.setFlags(folder.targetPath, changes);
};
