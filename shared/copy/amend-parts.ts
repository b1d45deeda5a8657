import type { Uid, UidSet } from "../contract/ids.ts";
import type { BatchRecord, FolderRecord } from "../contract/mailbox.ts";
import type { MailboxStore } from "../ports/mailbox-store.ts";
import { type RecordedPart, recordedParts } from "./mapped-messages.ts";
import { pairsOf, uidMapOf } from "./uid-map.ts";
import { emptyUidSet, intersectionOf, unionOf } from "./uid-set.ts";

/** Where amended batches are stored. */
export interface AmendPorts {
  readonly mailboxes: Pick<MailboxStore, "putBatch">;
}

/**
 * Changes what is recorded of a folder's worked-off parts and returns the batches as they are then. `change` returns null for a
 * part that stays as it is; a batch without changes is not written.
 */
export const amendParts = async (
  { mailboxes }: AmendPorts,
  folder: FolderRecord,
  batches: readonly BatchRecord[],
  change: (part: RecordedPart) => RecordedPart | null,
): Promise<readonly BatchRecord[]> => {
  const amended: BatchRecord[] = [];
  for (const batch of batches) {
    const parts = batch.parts.map((part) => {
      const [recorded] = recordedParts([{ ...batch, parts: [part] }], folder);
      return recorded === undefined ? part : (change(recorded) ?? part);
    });
    const isChanged = parts.some((part, index) => part !== batch.parts[index]);
    if (isChanged) await mailboxes.putBatch({ ...batch, parts });
    amended.push(isChanged ? { ...batch, parts } : batch);
  }
  return amended;
};

/** Keeps which messages the target holds in another form, so that later passes count them as such without reading them. */
export const markNormalised = (
  app: AmendPorts,
  record: FolderRecord,
  batches: readonly BatchRecord[],
  uids: UidSet,
): Promise<readonly BatchRecord[]> =>
  amendParts(app, record, batches, (part) => {
    const known = part.progress.normalised ?? emptyUidSet;
    const normalised = unionOf(known, intersectionOf(uids, part.uids));
    return normalised === known ? null : { ...part, progress: { ...part.progress, normalised } };
  });

/**
 * Takes what is not there out of the records, so that the next pass copies it: a target that lost messages in a crash of
 * its own must not pass for one that holds them.
 */
export const owe = (
  app: AmendPorts,
  record: FolderRecord,
  batches: readonly BatchRecord[],
  missing: readonly Uid[],
): Promise<readonly BatchRecord[]> => {
  const gone = new Set(missing);
  return amendParts(app, record, batches, (part) => (gone.size === 0 ? null : withoutTargets(part, gone)));
};

/** The part as if it had never known these messages of the target. */
export const withoutTargets = (part: RecordedPart, gone: ReadonlySet<Uid>): RecordedPart => {
  const { copied, alreadyThere } = part.progress;
  const left = (map: typeof copied) => uidMapOf([...pairsOf(map)].filter(([, target]) => !gone.has(target)));
  return gone.size === 0
    ? part
    : { ...part, progress: { ...part.progress, copied: left(copied), alreadyThere: left(alreadyThere) } };
};
