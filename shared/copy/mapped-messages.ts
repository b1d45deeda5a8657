import type { UidSet } from "../contract/ids.ts";
import type { BatchPart, BatchRecord, FolderRecord, PartState, UidMap } from "../contract/mailbox.ts";
import { pairsOf, sourceUidsOf, targetUidsOf, type UidPair } from "./uid-map.ts";
import { emptyUidSet, intersectionOf, uidsIn, unionOf, without } from "./uid-set.ts";

/** What the recorded batches say of one folder as it is now; records of replaced folders say nothing of it. */
export interface MappedMessages {
  readonly copied: readonly UidMap[];
  readonly alreadyThere: readonly UidMap[];
  /** The target holds them in another form of the same content. */
  readonly normalised: UidSet;
  /** Refused when last tried, and not in the target by now. */
  readonly refused: UidSet;
  /** Were planned, yet are neither mapped nor gone nor on their way: to be planned again. */
  readonly owed: UidSet;
}

type Recorded = Extract<PartState, { state: "recorded" }>;

/** A part that is worked off. */
export type RecordedPart = BatchPart & { readonly progress: Recorded };

/** Gathers what all passes did with the messages of a folder. */
export const mappedMessages = (batches: readonly BatchRecord[], folder: FolderRecord): MappedMessages => {
  const recorded = recordedParts(batches, folder);
  const copied = recorded.map(({ progress }) => progress.copied);
  const alreadyThere = recorded.map(({ progress }) => progress.alreadyThere);
  const mapped = unionOf(...[...copied, ...alreadyThere].map(sourceUidsOf));
  const settled = unionOf(
    mapped,
    onTheirWay(batches, folder),
    ...recorded.map(({ progress }) => progress.vanished),
  );
  return {
    copied,
    alreadyThere,
    normalised: intersectionOf(
      unionOf(...recorded.map(({ progress }) => progress.normalised ?? emptyUidSet)),
      mapped,
    ),
    refused: without(unionOf(...recorded.map(({ progress }) => progress.refused)), mapped),
    owed: without(unionOf(...recorded.map(({ uids }) => uids)), settled),
  };
};

/** The worked-off parts of a folder as it now is on both sides. */
export const recordedParts = (
  batches: readonly BatchRecord[],
  folder: FolderRecord,
): readonly RecordedPart[] =>
  partsOf(batches, folder).flatMap((part) => {
    const { progress } = part;
    return isOfTarget(progress, folder) ? [{ ...part, progress }] : [];
  });

/** The pairs of these source messages, in the order of the parts. */
export const pairsAt = (parts: readonly RecordedPart[], uids: UidSet): readonly UidPair[] =>
  parts.flatMap(({ uids: own, progress }) => {
    const wanted = new Set(uidsIn(intersectionOf(own, uids)));
    if (wanted.size === 0) return [];
    return [...progress.copied, ...progress.alreadyThere].flatMap((run) =>
      [...pairsOf([run])].filter(([source]) => wanted.has(source)),
    );
  });

/** Source UIDs of a folder that stand in a batch which is not worked off yet. */
export const onTheirWay = (batches: readonly BatchRecord[], folder: FolderRecord): UidSet =>
  unionOf(
    ...partsOf(batches, folder)
      .filter(({ progress }) => progress.state !== "recorded")
      .map(({ uids }) => uids),
  );

/** Messages of the folder's target that already stand for a message of the source; each may do so once. */
export const claimedUids = (batches: readonly BatchRecord[], folder: FolderRecord): UidSet => {
  const { copied, alreadyThere } = mappedMessages(batches, folder);
  return unionOf(...[...copied, ...alreadyThere].map(targetUidsOf));
};

/** A part that has nothing to do with the folder as it now is, because one of its sides was replaced. */
export const isOutdated = (part: BatchPart, folder: FolderRecord | undefined): boolean =>
  folder === undefined ||
  !isOfSource(part, folder) ||
  part.targetPath !== folder.targetPath ||
  (part.progress.state === "intended" && part.progress.targetUidValidity !== folder.targetUidValidity);

/** The end of a part whose messages belong to a folder that is no more: nothing was mapped by it. */
export const voidPart = (part: BatchPart, folder: Pick<FolderRecord, "targetUidValidity">): BatchPart => ({
  ...part,
  progress: {
    state: "recorded",
    targetUidValidity:
      part.progress.state === "planned" ? folder.targetUidValidity : part.progress.targetUidValidity,
    copied: [],
    alreadyThere: [],
    refused: emptyUidSet,
    vanished: part.uids,
    bytesCopied: 0,
  },
});

const partsOf = (batches: readonly BatchRecord[], folder: FolderRecord): readonly BatchPart[] =>
  batches.flatMap((batch) => batch.parts).filter((part) => isOfSource(part, folder));

const isOfSource = (part: BatchPart, folder: FolderRecord): boolean =>
  part.sourcePath === folder.sourcePath && part.sourceUidValidity === folder.sourceUidValidity;

const isOfTarget = (progress: PartState, folder: FolderRecord): progress is Recorded =>
  progress.state === "recorded" && progress.targetUidValidity === folder.targetUidValidity;
