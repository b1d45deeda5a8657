import type { FolderRole } from "./folder-role.ts";

/**
 * Names that providers and mail programs give to folders of a role. Only whole names count: "Sent to customers" is somebody's
 * own folder. Tencent: `Sent Messages`, `Drafts`, `Deleted Messages`, `Junk`; NetEase: 已发送, 草稿箱, 已删除, 垃圾邮件;
 * Alibaba: 已发送, 草稿, 已删除邮件, 垃圾邮件; Outlook: `Sent Items`, `Deleted Items`, `Junk Email`.
 */
export const roleNames: readonly { readonly role: FolderRole; readonly names: readonly string[] }[] = [
  {
    role: "sent",
    names: [
      "Sent",
      "Sent Messages",
      "Sent Items",
      "Sent Mail",
      "已发送",
      "已发送邮件",
      "已发邮件",
      "寄件备份",
      "寄件備份",
    ],
  },
  { role: "drafts", names: ["Drafts", "Draft", "草稿箱", "草稿", "草稿夹", "草稿匣"] },
  {
    role: "trash",
    names: [
      "Trash",
      "Deleted Messages",
      "Deleted Items",
      "Deleted",
      "已删除",
      "已删除邮件",
      "废件箱",
      "垃圾箱",
      "回收站",
      "刪除的郵件",
    ],
  },
  {
    role: "junk",
    names: [
      "Junk",
      "Junk Email",
      "Junk E-mail",
      "Junk Mail",
      "Spam",
      "Bulk Mail",
      "垃圾邮件",
      "垃圾郵件",
      "广告邮件",
    ],
  },
  { role: "archive", names: ["Archive", "Archives", "归档", "存档", "封存"] },
];
