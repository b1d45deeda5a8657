import { z } from "zod";
import { FolderPath, MailAddress, MemberId, MigrationId, PassNumber, Timestamp } from "./ids.ts";
import { DoubtfulDeletions } from "./mailbox.ts";
import { Notice } from "./notice.ts";
import { Waiting } from "./pace.ts";
import { StoredError } from "./stored-error.ts";
import { Verification } from "./verification.ts";

/** Messages of a mailbox by what became of them; `source = copied + alreadyThere + refused` or the mailbox has failed. */
export const MessageCounts = z.strictObject({
  source: z.number().int().min(0),
  copied: z.number().int().min(0),
  alreadyThere: z.number().int().min(0),
  refused: z.number().int().min(0),
});
export type MessageCounts = z.infer<typeof MessageCounts>;

/** The counts with their bytes (RFC822.SIZE). */
export const MailboxTotals = z.strictObject({
  messages: MessageCounts,
  bytes: z.strictObject({ source: z.number().int().min(0), copied: z.number().int().min(0) }),
  /** Absent in totals that were drawn before messages were classified. */
  verification: Verification.optional(),
});
export type MailboxTotals = z.infer<typeof MailboxTotals>;

/** Why a mailbox has not started (未启动迁移). */
export const NotStartedReason = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("historyNotBegun") }),
  z.strictObject({ kind: z.literal("passwordMissing"), side: z.enum(["source", "target"]) }),
  /** The server's words stand in the error's evidence. */
  z.strictObject({ kind: z.literal("loginRefused"), error: StoredError }),
  /** A public mailbox none of whose users' own mailboxes has been entered yet. */
  z.strictObject({ kind: z.literal("awaitingUser") }),
  /** The old mailbox' password is missing, and its member is asked for it; `notice` says how far that has come. */
  z.strictObject({ kind: z.literal("memberAsked") }),
]);
export type NotStartedReason = z.infer<typeof NotStartedReason>;

/** Which round of a pass' messages counts, when they were sent anew; those of earlier ones are dropped. */
const round = z.number().int().min(1).optional();

/** Deletions that an operator has confirmed, folder by folder as they were found; each is carried out once. */
export const ConfirmedDeletions = z.strictObject({
  at: Timestamp,
  folders: z.array(DoubtfulDeletions.extend({ sourcePath: FolderPath })).min(1),
});
export type ConfirmedDeletions = z.infer<typeof ConfirmedDeletions>;

/** 未启动迁移 · 迁移中 · 迁移完成 · 迁移异常. */
export const AccountState = z.discriminatedUnion("status", [
  z.strictObject({
    status: z.literal("notStarted"),
    reason: NotStartedReason,
    pass: PassNumber.optional(),
    round,
  }),
  z.strictObject({
    status: z.literal("copying"),
    pass: PassNumber,
    since: Timestamp,
    /** Absent until the mailbox is planned. */
    planned: z
      .strictObject({
        batches: z.number().int().min(0),
        messages: z.number().int().min(0),
        bytes: z.number().int().min(0),
      })
      .optional(),
    /** What the batches of this pass have done so far. */
    done: z.strictObject({
      batches: z.number().int().min(0),
      messages: z.number().int().min(0),
      bytes: z.number().int().min(0),
    }),
    /** The folder of the batch worked on last. */
    folder: z.string().optional(),
    round,
    /** Present while the mailbox waits for its turn, its hours or a busy server. */
    waiting: Waiting.optional(),
    /** When a worker last recorded how far it is; absent before it is planned. */
    heardAt: Timestamp.optional(),
    /** How often its plan was put back on the queue because nothing was heard of it, and when last; progress takes it off. */
    resent: z.strictObject({ times: z.number().int().min(1), at: Timestamp }).optional(),
    /** How often this pass has planned the mailbox once more, for folders that came meanwhile. */
    plannedAnew: z.number().int().min(1).optional(),
  }),
  z.strictObject({
    status: z.literal("completed"),
    pass: PassNumber,
    since: Timestamp,
    /** Messages this pass wrote to the target; a drained old server shows as zero everywhere. */
    copiedInPass: z.number().int().min(0),
  }),
  z.strictObject({
    status: z.literal("failed"),
    pass: PassNumber,
    since: Timestamp,
    error: StoredError,
    round,
  }),
]);
export type AccountState = z.infer<typeof AccountState>;

const base = {
  migrationId: MigrationId,
  /** The source mailbox: the account's identity in its migration. */
  address: MailAddress,
  target: MailAddress,
  name: z.string().max(256),
  importedAt: Timestamp,
  /** When an import last changed name or department: the `startedAt` of that run. */
  amendedAt: Timestamp.optional(),
  /** When the source first let us into the mailbox. */
  verifiedAt: Timestamp.optional(),
  /** The last notice to the member; absent before the first. */
  notice: Notice.optional(),
  state: AccountState,
  /** As of the last ended pass; absent before the first. */
  totals: MailboxTotals.optional(),
  /** Messages mailferry itself has written to the target since the beginning; it only grows. */
  copiedEver: z.number().int().min(0),
  confirmedDeletions: ConfirmedDeletions.optional(),
};

/** One row of the mapping: a member's own mailbox, or a public one with the members who use it. */
export const Account = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("member"), ...base, memberId: MemberId, department: z.string().max(512) }),
  z.strictObject({ kind: z.literal("public"), ...base, users: z.array(MemberId).max(1_000) }),
]);
export type Account = z.infer<typeof Account>;
