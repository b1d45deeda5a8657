import type { PassNumber } from "../contract/ids.ts";
import type { FolderSummary, RefusedMessage } from "../contract/mailbox.ts";
import type { Verification } from "../contract/verification.ts";
import type { PlannedWork } from "../cost/planned-work.ts";
import type { SheetContent } from "../ports/workbook-writer.ts";
import type { AccountStatus, ReportLine } from "./report-document.ts";

const statusNames: Readonly<Record<AccountStatus, string>> = {
  completed: "迁移完成 / completed",
  failed: "迁移异常 / failed",
  notStarted: "未启动迁移 / not started",
  copying: "迁移中 / copying",
};

/** An account's line with its reason in both languages, and the pass it completed last, if it stands completed. */
export type SheetLine = ReportLine & {
  readonly reasonInChinese: string | null;
  /** Whether it has ever been in a pass. */
  readonly hasBegun: boolean;
  readonly completedPass: PassNumber | null;
  /** What was planned for it. */
  readonly work: PlannedWork;
};

type Rows<From> = AsyncIterable<From>;

const counts = [
  { header: "原邮件 / Source", width: 16 },
  { header: "已复制 / Copied", width: 16 },
  { header: "原已存在 / Already there", width: 22 },
  { header: "被拒 / Refused", width: 14 },
] as const;

/** What comparing both sides showed; refused messages stand among the counts. */
const classes = [
  { header: "一致 / Identical", width: 16 },
  { header: "已知差异 / Known normalisation", width: 28 },
  { header: "不明差异 / Unexplained", width: 22 },
  { header: "逐字节核对 / Octets compared", width: 26 },
] as const;

const classesOf = (verification: Verification | undefined): readonly (string | number)[] =>
  verification === undefined
    ? classes.map(() => "")
    : [verification.identical, verification.normalised, verification.unexplained, verification.sampled];

/** 「账号」: one line for each account. */
export const accountsSheet = (lines: Rows<SheetLine>): SheetContent => ({
  name: "账号 Accounts",
  columns: [
    { header: "原邮箱地址 / Source address", width: 34 },
    { header: "新邮箱地址 / Target address", width: 34 },
    { header: "名称 / Name", width: 20 },
    { header: "状态 / Status", width: 24 },
    ...counts,
    { header: "原邮件字节 / Source bytes", width: 20 },
    { header: "已复制字节 / Copied bytes", width: 22 },
    ...classes,
    { header: "原因", width: 60, wraps: true },
    { header: "Reason", width: 70, wraps: true },
  ],
  rows: mapped(
    lines,
    ({ address, target, name, status, messages, bytes, verification, reason, reasonInChinese }) => [
      address,
      target,
      name,
      statusNames[status],
      messages.source,
      messages.copied,
      messages.alreadyThere,
      messages.refused,
      bytes.source,
      bytes.copied,
      ...classesOf(verification),
      reasonInChinese ?? "",
      reason ?? "",
    ],
  ),
});

/** The mail is there all the same, but a client that goes by LSUB (RFC 3501 §6.3.9) shows only what is subscribed to. */
const refusedSubscription =
  "新邮箱服务器拒绝订阅；部分邮件客户端要在新邮箱中订阅后才显示此文件夹 / The target refused to subscribe; some mail clients show the folder only after you subscribe to it there";

/** 「文件夹」: one line for each folder, with how its place at the target was chosen. */
export const foldersSheet = (summaries: Rows<FolderSummary>): SheetContent => ({
  name: "文件夹 Folders",
  columns: [
    { header: "原邮箱地址 / Source address", width: 34 },
    { header: "原文件夹 / Source folder", width: 34 },
    { header: "新文件夹 / Target folder", width: 34 },
    { header: "对应方式 / Mapped by", width: 22 },
    ...counts,
    { header: "字节 / Bytes", width: 16 },
    ...classes,
    { header: "原邮箱已删除，新邮箱已删除 / Deleted, removed at target", width: 40 },
    { header: "原邮箱已删除，新邮箱仅标记 / Deleted, marked at target", width: 40 },
    { header: "原邮箱已删除，新邮箱保留 / Deleted, kept at target", width: 40 },
    { header: "订阅 / Subscription", width: 60, wraps: true },
  ],
  rows: mapped(summaries, (summary) => [
    summary.address,
    summary.sourcePath,
    summary.targetPath,
    summary.provenance,
    summary.source,
    summary.copied,
    summary.alreadyThere,
    summary.refused,
    summary.bytes,
    ...classesOf(summary.verification),
    ...(summary.deletions === undefined
      ? ["", "", ""]
      : [summary.deletions.removed, summary.deletions.marked, summary.deletions.kept]),
    summary.notSubscribed === true ? refusedSubscription : "",
  ]),
});

/** 「被拒邮件」: every message the target would not take, with its words. */
export const refusedSheet = (messages: Rows<RefusedMessage>): SheetContent => ({
  name: "被拒邮件 Refused",
  columns: [
    { header: "原邮箱地址 / Source address", width: 34 },
    { header: "原文件夹 / Source folder", width: 34 },
    { header: "UID", width: 12 },
    { header: "日期 / Date", width: 24 },
    { header: "大小 / Size", width: 14 },
    { header: "主题 / Subject", width: 50 },
    { header: "类别 / Class", width: 16 },
    { header: "最近尝试的轮次 / Last tried in pass", width: 30 },
    { header: "服务器的说明 / Server's words", width: 60 },
  ],
  rows: mapped(messages, (message) => [
    message.address,
    message.sourcePath,
    message.uid,
    message.internalDate,
    message.size,
    message.subject,
    message.class,
    message.pass,
    message.words,
  ]),
});

async function* mapped<From>(
  items: AsyncIterable<From>,
  toRow: (item: From) => readonly (string | number)[],
): AsyncGenerator<readonly (string | number)[]> {
  for await (const item of items) yield toRow(item);
}
