import type { Language } from "../../../shared/contract/errors.ts";
import type { Migration } from "../../../shared/contract/migration.ts";
import type { Phase } from "../../../shared/contract/phases.ts";

/** What the phases are called on a terminal. */
export const phaseNames: Readonly<Record<Phase, Readonly<Record<Language, string>>>> = {
  domain: { en: "domain", zhCN: "检查域名" },
  accounts: { en: "accounts", zhCN: "导入账号" },
  history: { en: "history", zhCN: "迁移历史邮件" },
  switch: { en: "switch", zhCN: "切换" },
  closed: { en: "closed", zhCN: "已结束" },
};

/** The phase a migration is in; the switch is only being waited for until its MX change is seen, which may be days. */
export const phaseNameOf = (migration: Migration, language: Language): string =>
  (migration.phase === "switch" && migration.switch.stage === "awaitingMx"
    ? awaitingSwitch
    : phaseNames[migration.phase])[language];

const awaitingSwitch = { en: "awaiting the switch", zhCN: "等待切换" } as const;
