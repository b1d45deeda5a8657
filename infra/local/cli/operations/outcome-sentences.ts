import type { OperatorAnswer } from "../../../../events/operator-command.ts";
import type { Language } from "../../../../shared/contract/errors.ts";

/** What an answer that is not as the operator wished means, and what to do. Null where the answer has words of its own. */
export const outcomeSentence = ({ outcome }: OperatorAnswer, language: Language): string | null =>
  sentences[outcome]?.[language] ?? null;

const sentences: Readonly<Record<OperatorAnswer["outcome"], Readonly<Record<Language, string>> | undefined>> =
  {
    done: undefined,
    alreadyDone: undefined,
    nothingRefused: undefined,
    notTaken: undefined,
    standing: {
      en: "The present pass is still running and goes on; ask again when it has settled.",
      zhCN: "当前一轮迁移仍在进行，请等其结束后再试。",
    },
    notWaiting: {
      en: "The migration has not come so far yet; ask again later.",
      zhCN: "迁移尚未进行到这一步，请稍后再试。",
    },
    noAccounts: {
      en: "There are no accounts yet; import the workbook first.",
      zhCN: "还没有账号，请先导入表格。",
    },
    notCopying: {
      en: "The history has not begun yet; end the accounts phase first (finish-accounts).",
      zhCN: "历史邮件迁移尚未开始，请先结束账号阶段（finish-accounts）。",
    },
    cannotReach: {
      en: "The settings name no way to reach members; set notices.from, or a WeCom directory with an agentId (change-settings).",
      zhCN: "设置中没有联系成员的方式；请设置 notices.from，或带 agentId 的企业微信通讯录（change-settings）。",
    },
    notAsked: {
      en: "The directory of this migration is a file or a sheet; there is nothing to be read from WeCom.",
      zhCN: "本次迁移的通讯录是文件或工作表，无需从企业微信读取。",
    },
    noDirectory: {
      en: "It is not known who the members are; import a workbook with the third sheet, or read the directory first.",
      zhCN: "还不知道有哪些成员；请先导入带第三张工作表的表格，或读取通讯录。",
    },
    nothingDoubtful: {
      en: "No deletion waits to be confirmed.",
      zhCN: "没有等待确认的删除。",
    },
    unfinished: {
      en: "The time did not suffice for all of it; give the command again and it goes on.",
      zhCN: "时间不足，尚未全部完成；请再次执行该命令继续。",
    },
    importUnderWay: {
      en: "Accounts are just being imported; ask again when that is done.",
      zhCN: "正在导入账号，请等导入完成后再试。",
    },
  };
