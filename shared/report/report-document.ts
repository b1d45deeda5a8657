import { z } from "zod";
import { MessageCounts } from "../contract/account.ts";
import { AllocationLine } from "../contract/allocation.ts";
import { MailAddress, MigrationId, Timestamp } from "../contract/ids.ts";
import { Phase } from "../contract/phases.ts";
import { Verification } from "../contract/verification.ts";
import { CostEstimate } from "../cost/estimate.ts";
import { Cost } from "../cost/price.ts";

/** 迁移完成 · 迁移异常 · 未启动迁移 · 迁移中. */
export const AccountStatus = z.enum(["completed", "failed", "notStarted", "copying"]);
export type AccountStatus = z.infer<typeof AccountStatus>;

const AccountCounts = z.strictObject({
  total: z.number().int().min(0),
  completed: z.number().int().min(0),
  failed: z.number().int().min(0),
  notStarted: z.number().int().min(0),
  copying: z.number().int().min(0),
});

const Bytes = z.strictObject({ source: z.number().int().min(0), copied: z.number().int().min(0) });

const RunLine = z.strictObject({
  address: MailAddress,
  target: MailAddress,
  name: z.string(),
  status: AccountStatus,
  /** Why it is not completed, in English; null when it is, or is on its way and nothing holds it up. */
  reason: z.string().nullable(),
  messages: MessageCounts,
  bytes: Bytes,
  /** The messages in the four classes of the comparison; absent before the first. */
  verification: Verification.optional(),
});

/** One account of the report as it stands: `copied` counts what mailferry has ever written. */
export const ReportLine = RunLine.extend({
  /** Messages written to the target since the beginning; never falls, also when messages vanish at the source. */
  copiedEver: z.number().int().min(0),
});
export type ReportLine = z.infer<typeof ReportLine>;

/** An address that was given to a member who has no account. */
const AllocatedLine = AllocationLine.extend({ status: z.enum(["planned", "confirmed"]) });
export type AllocatedLine = z.infer<typeof AllocatedLine>;

const summary = {
  migrationId: MigrationId,
  domain: z.string(),
  phase: Phase,
  accounts: AccountCounts,
  messages: MessageCounts,
  bytes: Bytes,
  /** Of the accounts that have been compared. */
  verification: Verification.optional(),
  /** Addresses of members left over, ascending by account name; absent when there are none. */
  allocated: z.array(AllocatedLine).optional(),
  /** What one pass over all of it costs by the plan; absent in reports that were written before there were estimates. */
  estimate: CostEstimate.optional(),
};

/** The report as `write-report` leaves it in the bucket: the migration since its beginning. */
export const ReportDocument = z.strictObject({
  ...summary,
  writtenAt: Timestamp,
  perAccount: z.array(ReportLine),
});
export type ReportDocument = z.infer<typeof ReportDocument>;

/** What `npm run migrate -- --json` prints: the same seen from one run, with its duration in seconds and its price. */
export const RunDocument = z.strictObject({
  ...summary,
  seconds: z.number().min(0),
  cost: Cost,
  perAccount: z.array(RunLine),
});
export type RunDocument = z.infer<typeof RunDocument>;
