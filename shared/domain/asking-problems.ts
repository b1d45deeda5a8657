import type { MigrationSettings } from "../contract/settings.ts";
import type { Sentences } from "./issue-sentences.ts";
import { problemAt } from "./settings-problems.ts";

/** The settings that decide whether and how members are asked for passwords. */
export type AskingSettings = Pick<MigrationSettings, "members" | "notices" | "directory" | "source">;

/** What stands in the way of asking the members, each with its path; nothing when they are not to be asked. */
export const askingProblems = ({
  members,
  notices,
  directory,
  source,
}: AskingSettings): readonly Sentences[] => {
  if (!members.ask) return [];
  const problems: Sentences[] = [];
  if (source.auth.kind !== "password") problems.push(problemAt("members.ask", needless(source.auth.kind)));
  const hasCards = directory.kind === "wecom" && directory.agentId !== undefined;
  if (notices.from === undefined && !hasCards) problems.push(problemAt("members.ask", noWay));
  const { linkDays, remindEveryHours } = members;
  if (remindEveryHours !== undefined && remindEveryHours > linkDays * hoursPerDay) {
    problems.push(problemAt("members.remindEveryHours", endsBefore(linkDays, remindEveryHours)));
  }
  return problems;
};

const hoursPerDay = 24;

const endsBefore = (linkDays: number, hours: number): Sentences => {
  const shown = { ends: linkDays * hoursPerDay, days: Math.ceil(hours / hoursPerDay) };
  return {
    en: `a link ends after ${shown.ends} hours and the next one is sent after ${hours}; members would hold a dead link in between. Set linkDays to at least ${shown.days}, or remind at least every ${shown.ends} hours`,
    zhCN: `链接在 ${shown.ends} 小时后失效，而每 ${hours} 小时才发送新链接，其间成员手中的链接无法使用。请将 linkDays 设为至少 ${shown.days}，或将提醒间隔设为不超过 ${shown.ends} 小时`,
  };
};

const needless = (kind: string): Sentences => ({
  en: `source.auth "${kind}" opens every mailbox without its member's password; leave members.ask out, or use source.auth "password"`,
  zhCN: `source.auth "${kind}" 无需成员密码即可打开所有邮箱；请去掉 members.ask，或将 source.auth 设为 "password"`,
});

const noWay: Sentences = {
  en: 'there is no way to reach members; set notices.from (mail), or directory "wecom" with an agentId (cards)',
  zhCN: '无法联系成员；请设置 notices.from（邮件），或使用带 agentId 的 directory "wecom"（卡片）',
};
