import type { Language } from "../../../shared/contract/errors.ts";
import type { Phase } from "../../../shared/contract/phases.ts";

/** What the phases are called on a terminal. */
export const phaseNames: Readonly<Record<Phase, Readonly<Record<Language, string>>>> = {
  domain: { en: "domain", zhCN: "检查域名" },
  accounts: { en: "accounts", zhCN: "导入账号" },
  history: { en: "history", zhCN: "迁移历史邮件" },
  switch: { en: "switch", zhCN: "切换" },
  closed: { en: "closed", zhCN: "已结束" },
};
