import { z } from "zod";
import {
  FolderPath,
  MailAddress,
  MigrationId,
  PassNumber,
  Timestamp,
  Uid,
  UidSet,
  UidValidity,
} from "./ids.ts";
import { Verification } from "./verification.ts";

/** RFC 7162 mod-sequence, decimal. */
const Modseq = z.string().regex(/^\d{1,20}$/);

const mailbox = { migrationId: MigrationId, address: MailAddress };

/**
 * How a target folder was chosen for a source folder, shown to the operator. `profile`: by what is known of the provider;
 * `skipped`: left out for the same reason, because it holds no mail of its own.
 */
export const FolderProvenance = z.enum([
  "inbox",
  "special-use",
  "name-table",
  "same-name",
  "profile",
  "skipped",
]);
export type FolderProvenance = z.infer<typeof FolderProvenance>;

/** Messages that are gone from the source and were left at the target, because they are most of a larger folder. */
export const DoubtfulDeletions = z.strictObject({
  count: z.number().int().min(1),
  /** The pass that found so many for the first time. */
  foundIn: PassNumber,
});
export type DoubtfulDeletions = z.infer<typeof DoubtfulDeletions>;

/** What is remembered of one source folder between passes. */
export const FolderRecord = z.strictObject({
  ...mailbox,
  sourcePath: FolderPath,
  sourceUidValidity: UidValidity,
  /** The path the target really gave it, which may differ from the one asked for. */
  targetPath: FolderPath,
  targetUidValidity: UidValidity,
  provenance: FolderProvenance,
  /** Target messages with a UID below this were there before the first pass and may be recognised as already copied. */
  targetUidNextAtFirst: z.number().int().min(1),
  /** Source UIDs below this have been put into batches. */
  plannedBelowUid: z.number().int().min(1),
  /** RFC 7162 HIGHESTMODSEQ of the source when flags were last brought over; decimal; null without CONDSTORE. */
  flagsAsOfModseq: Modseq.nullable(),
  /** Without CONDSTORE: a digest of the source's flags when they were last brought over. */
  flagsDigest: z.string().optional(),
  /** HIGHESTMODSEQ of the target when the folder was last in order: what is above it, others have changed since. */
  targetModseq: Modseq.nullable().optional(),
  /**
   * Of a view that shows archived mail: what the source's folders looked like when that mail was last looked for. As long as they look
   * the same, no message can have come to it or left it.
   */
  archivedAsOf: z.string().optional(),
  /** Present while a person is to say whether they were meant to go. */
  doubtfulDeletions: DoubtfulDeletions.optional(),
  /** Present where the source is subscribed to the folder and the target refused SUBSCRIBE (RFC 3501 §6.3.6). */
  notSubscribed: z.literal(true).optional(),
});
export type FolderRecord = z.infer<typeof FolderRecord>;

/** Runs of [first source UID, first target UID, length]: which message became which. */
export const UidMap = z.array(z.tuple([Uid, Uid, z.number().int().min(1)]));
export type UidMap = z.infer<typeof UidMap>;

/**
 * How far a part of a batch has come. `intended` is written before the first APPEND: whatever dies afterwards, the target
 * is asked for what lies at or above `targetUidNext` before anything is sent again.
 */
export const PartState = z.discriminatedUnion("state", [
  z.strictObject({ state: z.literal("planned") }),
  z.strictObject({
    state: z.literal("intended"),
    targetUidValidity: UidValidity,
    targetUidNext: z.number().int().min(1),
    /** How often it was taken up, because nobody saw the end of an attempt; absent as long as there was one attempt. */
    takenUp: z.number().int().min(1).optional(),
  }),
  z.strictObject({
    state: z.literal("recorded"),
    targetUidValidity: UidValidity,
    copied: UidMap,
    alreadyThere: UidMap,
    refused: UidSet,
    /** Gone from the source between planning and copying; no longer part of the source. */
    vanished: UidSet,
    /** Source UIDs whose messages the target holds in another form of the same content; absent when there is none. */
    normalised: UidSet.optional(),
    /** Source UIDs whose target messages others have changed: they are not removed when the source no longer has them. */
    spared: UidSet.optional(),
    /** Source UIDs that are gone from the source and were removed from the target. */
    removed: UidSet.optional(),
    bytesCopied: z.number().int().min(0),
    /** What a server may still come to store of attempts whose end nobody saw; absent when there was none, or it is settled. */
    doubt: z
      .strictObject({
        /** No message of an attempt lies below this target UID. */
        writtenFrom: z.number().int().min(1),
        /** How many attempts may have sent a message that another one sent again. */
        attempts: z.number().int().min(1),
        /** The pass whose completion first looked for such messages. */
        lookedIn: PassNumber.optional(),
        /** Target UIDs of recorded messages beside which a second one is being removed: they must be there afterwards. */
        keepers: UidSet.optional(),
      })
      .optional(),
  }),
]);
export type PartState = z.infer<typeof PartState>;

/** A run of messages of one folder inside a batch. */
export const BatchPart = z.strictObject({
  sourcePath: FolderPath,
  sourceUidValidity: UidValidity,
  targetPath: FolderPath,
  uids: UidSet,
  messages: z.number().int().min(1),
  bytes: z.number().int().min(0),
  /** Those of `uids` that were too large to be carried when the batch was planned; absent in batches of before this was noted. */
  oversize: UidSet.optional(),
  progress: PartState,
});
export type BatchPart = z.infer<typeof BatchPart>;

/** `<pass>-<number>`, both zero-padded so that they sort in order. */
export const BatchId = z
  .string()
  .regex(/^\d{6}-\d{6}$/)
  .brand("BatchId");
export type BatchId = z.infer<typeof BatchId>;

/** One queue message's worth of work: a slice of a large folder or several small folders. */
export const BatchRecord = z.strictObject({
  ...mailbox,
  batchId: BatchId,
  pass: PassNumber,
  parts: z.array(BatchPart).min(1).max(200),
});
export type BatchRecord = z.infer<typeof BatchRecord>;

/** Why a target refused a message, as far as its words and codes tell. */
export const RefusalClass = z.enum(["too-large", "over-quota", "malformed", "other"]);
export type RefusalClass = z.infer<typeof RefusalClass>;

/** A message the target would not take: enough to find it by hand. */
export const RefusedMessage = z.strictObject({
  ...mailbox,
  sourcePath: FolderPath,
  sourceUidValidity: UidValidity,
  uid: Uid,
  pass: PassNumber,
  size: z.number().int().min(0),
  internalDate: Timestamp,
  subject: z.string().max(998),
  class: RefusalClass,
  /** The server's words, at most 500 characters of them. */
  words: z.string().max(500),
});
export type RefusedMessage = z.infer<typeof RefusedMessage>;

/** A folder as the last ended pass found it: the report's second sheet. */
export const FolderSummary = z.strictObject({
  ...mailbox,
  sourcePath: FolderPath,
  targetPath: FolderPath,
  provenance: FolderProvenance,
  pass: PassNumber,
  source: z.number().int().min(0),
  copied: z.number().int().min(0),
  alreadyThere: z.number().int().min(0),
  refused: z.number().int().min(0),
  bytes: z.number().int().min(0),
  /** The last batch of the mailbox then, null where there was none; of a summary that does not say, all of its pass count. */
  lastBatch: BatchId.nullable().optional(),
  /** As in the folder's record when it was last in order. */
  archivedAsOf: z.string().optional(),
  /** As in the folder's record. */
  notSubscribed: FolderRecord.shape.notSubscribed,
  verification: Verification.optional(),
  /** Messages mailferry wrote that are gone from the source by now. Present only where deletions are propagated. */
  deletions: z
    .strictObject({
      removed: z.number().int().min(0),
      /** Marked \Deleted only: the target cannot expunge single messages. */
      marked: z.number().int().min(0),
      /** Left at the target because somebody changed them there, or because that could not be told. */
      kept: z.number().int().min(0),
    })
    .optional(),
});
export type FolderSummary = z.infer<typeof FolderSummary>;
