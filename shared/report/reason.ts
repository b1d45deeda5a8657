import type { AccountState, NotStartedReason } from "../contract/account.ts";
import type { Language } from "../contract/errors.ts";
import { storedSentence } from "../contract/stored-error.ts";

/** Why an account is not completed, in the reader's language; null when it is or is on its way. */
export const reasonOf = (state: AccountState, language: Language): string | null => {
  switch (state.status) {
    case "notStarted":
      return notStartedReason(state.reason, language);
    case "failed":
      return storedSentence(state.error, language);
    case "copying":
    case "completed":
      return null;
  }
};

const notStartedReason = (reason: NotStartedReason, language: Language): string => {
  switch (reason.kind) {
    case "historyNotBegun":
      return language === "en" ? "The history phase has not begun." : "尚未开始迁移历史邮件。";
    case "passwordMissing":
      return passwordMissing[reason.side][language];
    case "loginRefused":
      return storedSentence(reason.error, language);
  }
};

const passwordMissing = {
  source: {
    en: "There is no password for the old mailbox. Add it to the sheet and import it again.",
    zhCN: "缺少原邮箱密码。请在表格中补上后重新导入。",
  },
  target: {
    en: "There is no password for the new mailbox. Add it to the sheet and import it again.",
    zhCN: "缺少新邮箱密码。请在表格中补上后重新导入。",
  },
} as const;
