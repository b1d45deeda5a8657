import type { SpecialUseFolder } from "../dovecot/options.ts";

/** A folder of a demo mailbox and the part of the mailbox's messages it holds; the parts of a plan come to 1. */
export interface FolderPlan {
  readonly path: string;
  readonly share: number;
  /** Decides the flags its messages carry. */
  readonly role: "inbox" | "sent" | "drafts" | "trash" | "junk" | "archive";
}

/** Which attributes the old server gives its folders (RFC 6154); the rest can be told by name only. */
export const sourceSpecialUse: readonly SpecialUseFolder[] = [
  { path: "已发送", use: "\\Sent" },
  { path: "草稿箱", use: "\\Drafts" },
  { path: "已删除", use: "\\Trash" },
  { path: "垃圾邮件", use: "\\Junk" },
];

const common: readonly FolderPlan[] = [
  { path: "INBOX", share: 0.4, role: "inbox" },
  { path: "已发送", share: 0.2, role: "sent" },
  { path: "草稿箱", share: 0.03, role: "drafts" },
  { path: "已删除", share: 0.05, role: "trash" },
  { path: "垃圾邮件", share: 0.02, role: "junk" },
];

/** Nested three deep, an ampersand (which modified UTF-7 escapes), one folder left empty. */
const projects: readonly FolderPlan[] = [
  ...common,
  { path: "项目/2024/合同", share: 0.12, role: "archive" },
  { path: "项目/2024/发票", share: 0.06, role: "archive" },
  { path: "项目/2025", share: 0.08, role: "archive" },
  { path: "R&D/设计稿", share: 0.04, role: "archive" },
  { path: "待办", share: 0, role: "archive" },
];

/** Names with a dot, quotes, an emoji beyond the basic plane, and a long one. */
const customers: readonly FolderPlan[] = [
  ...common,
  { path: "客户/华东/杭州", share: 0.1, role: "archive" },
  { path: "客户/华东/宁波", share: 0.06, role: "archive" },
  { path: '报价 "2023" v1.2', share: 0.06, role: "archive" },
  { path: "📎 附件", share: 0.04, role: "archive" },
  { path: "归档/二〇一六年至二〇一八年往来函件（纸质原件已存档，仅供查阅）", share: 0.04, role: "archive" },
];

/** What a mailbox holds, by its place among the others: every layout appears, all of them in every run. */
export function folderPlanOf(mailboxIndex: number): readonly FolderPlan[] {
  return mailboxIndex % 2 === 0 ? projects : customers;
}
