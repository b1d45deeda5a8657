import { z } from "zod";
import { AllocationSeen, allocationPageAtMost } from "../shared/contract/allocation.ts";
import { MailAddress, MemberId, MigrationId, PassNumber } from "../shared/contract/ids.ts";
import { Reminders } from "../shared/contract/notice.ts";
import { HeldSettings } from "../shared/contract/settings.ts";
import { StoredError } from "../shared/contract/stored-error.ts";
import { DirectorySeen } from "./read-directory.ts";

/** What an operator may ask for; the command line sends it, the console will. */
export const OperatorCommand = z.discriminatedUnion("command", [
  /** Ends phase 2: no more accounts are waited for (下一步). */
  z.strictObject({ command: z.literal("finishAccounts"), migrationId: MigrationId }),
  /** A pass over every account now, or over those named. */
  z.strictObject({
    command: z.literal("startPass"),
    migrationId: MigrationId,
    only: z.array(MailAddress).max(1_000).optional(),
  }),
  /** The messages that the target refused are tried again, and nothing else: in all accounts, or in those named. */
  z.strictObject({
    command: z.literal("retryRefused"),
    migrationId: MigrationId,
    only: z.array(MailAddress).max(1_000).optional(),
  }),
  /** 提醒: members whose password is awaited are asked for it once more, all of them or those of the accounts named. */
  z.strictObject({
    command: z.literal("remind"),
    migrationId: MigrationId,
    only: z.array(MailAddress).max(1_000).optional(),
  }),
  /**
   * Accounts are removed with their passwords: those named, or all (「清空重新导入」, 「返回上一步」). Once the migration copies, only those
   * that have not begun.
   */
  z
    .strictObject({
      command: z.literal("clearAccounts"),
      migrationId: MigrationId,
      only: z.array(MailAddress).min(1).max(1_000).optional(),
      all: z.literal(true).optional(),
    })
    .refine(({ only, all }) => (only === undefined) === (all === true), "name the accounts, or say all"),
  /** Other settings from now on: a server that moved, another pace. The domain stays what it is. */
  z.strictObject({ command: z.literal("changeSettings"), migrationId: MigrationId, settings: HeldSettings }),
  /** WeCom's directory is read now. `evenIfFewer`: it is right that far fewer members are seen than before. */
  z.strictObject({
    command: z.literal("readDirectory"),
    migrationId: MigrationId,
    evenIfFewer: z.boolean().optional(),
  }),
  /** Who would be given which address if addresses were given now; nothing is kept. A page at a time, behind the account name `after`. */
  z.strictObject({
    command: z.literal("previewAllocation"),
    migrationId: MigrationId,
    after: MemberId.optional(),
    /** @default 100 */
    limit: z.number().int().min(1).max(allocationPageAtMost).optional(),
  }),
  /** 分配: members without an account are given addresses, those who join later included. */
  z.strictObject({ command: z.literal("allocate"), migrationId: MigrationId }),
  /** The messages of a mailbox that are gone from the source were meant to go: its next pass removes them from the target. */
  z.strictObject({ command: z.literal("confirmDeletions"), migrationId: MigrationId, address: MailAddress }),
  /** 「已修改解析」: the admin says the MX has been changed. */
  z.strictObject({ command: z.literal("confirmMxChange"), migrationId: MigrationId }),
]);
export type OperatorCommand = z.infer<typeof OperatorCommand>;

/**
 * What became of it: `done`; `standing` when the present pass, or reminding everybody, is still under way and goes on by itself; `notWaiting` when the migration has not
 * come so far yet; `alreadyDone` when it is past it; `nothingRefused` when there is nothing to try again; `notTaken` when the
 * directory that was read does not count, `notAsked` when it is a file or a sheet; `cannotReach` when the settings name no way to reach
 * members; `noDirectory` when it is not known who the members are; `unfinished` when the time did not suffice: asked again it goes on;
 * `importUnderWay` when accounts are just being imported; `nothingDoubtful` when no deletions of the mailbox wait to be confirmed.
 */
export const OperatorAnswer = z.strictObject({
  outcome: z.enum([
    "done",
    "standing",
    "notWaiting",
    "alreadyDone",
    "noAccounts",
    "notCopying",
    "nothingRefused",
    "cannotReach",
    "notTaken",
    "notAsked",
    "noDirectory",
    "unfinished",
    "importUnderWay",
    "nothingDoubtful",
  ]),
  /** Of `startPass` and `retryRefused`: the pass that now runs. */
  pass: PassNumber.optional(),
  /** Of `remind`: how many members are written to, how many were written to not long ago, how many cannot be reached. */
  reminders: Reminders.pick({
    reminded: true,
    tooEarly: true,
    undeliverable: true,
    tooEarlyUntil: true,
  }).optional(),
  /** Of `readDirectory`: what was seen, and who joined and left since the first reading. */
  directory: DirectorySeen.optional(),
  /** Of `previewAllocation` and `allocate`. */
  allocation: AllocationSeen.optional(),
  /** Of `clearAccounts`: how many were removed now, how many stay because they have begun, and how many are left to be asked for again. */
  cleared: z
    .strictObject({
      removed: z.number().int().min(0),
      kept: z.number().int().min(0),
      /** The first of those that stay. */
      keptFirst: z.array(MailAddress).max(100),
      left: z.number().int().min(0),
    })
    .optional(),
  /** Why a reading was not taken. */
  error: StoredError.optional(),
});
export type OperatorAnswer = z.infer<typeof OperatorAnswer>;
