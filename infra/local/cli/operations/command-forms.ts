import type { OperatorCommand } from "../../../../events/operator-command.ts";
import type { Language } from "../../../../shared/contract/errors.ts";

/** How an operator command is written on a command line. */
export interface CommandForm {
  readonly says: Readonly<Record<Language, string>>;
  /** What is going on, said as it begins, where it may be a while before there is an answer. */
  readonly begins?: Readonly<Record<Language, string>>;
  /** Whether accounts may be named behind it (the command's `only`). */
  readonly takesAddresses?: true;
  /** Whether it needs `--settings FILE`. */
  readonly takesSettings?: true;
  /** Its yes-or-no fields, each an option that needs no value. */
  readonly flags?: readonly string[];
  /** Its other fields, each an option with a value. */
  readonly values?: Readonly<Record<string, "text" | "number">>;
}

/** Every operator command there is. */
export const commandForms = {
  finishAccounts: {
    says: {
      en: "ends the accounts phase: the history begins",
      zhCN: "下一步：结束账号阶段，开始迁移历史邮件",
    },
  },
  startPass: {
    says: {
      en: "begins a pass over every account, or over those named, once the present one has settled",
      zhCN: "重启：对全部账号（或所列账号）再进行一轮迁移，需等当前一轮结束",
    },
    takesAddresses: true,
  },
  retryRefused: {
    says: {
      en: "tries again the messages that the new server refused",
      zhCN: "重试被新邮件服务器拒收的邮件",
    },
    takesAddresses: true,
  },
  remind: {
    says: {
      en: "asks members for their passwords once more, at most every 12 hours",
      zhCN: "提醒：再次请成员提供密码，12 小时内不重复",
    },
    takesAddresses: true,
  },
  clearAccounts: {
    says: {
      en: "removes accounts with their passwords, those named or --all, to be imported anew; what has begun to copy stays",
      zhCN: "清空重新导入：删除所列账号（或 --all 全部）及其密码，已开始迁移的账号保留",
    },
    begins: {
      en: "Removing the accounts and their passwords; with many thousands of them it may take minutes.",
      zhCN: "正在删除账号及其密码，账号数以万计时可能需要几分钟。",
    },
    takesAddresses: true,
    flags: ["all"],
  },
  changeSettings: {
    says: {
      en: "replaces the settings; the domain stays what it is",
      zhCN: "更换设置，域名不可更改",
    },
    takesSettings: true,
  },
  readDirectory: {
    says: { en: "reads WeCom's directory now", zhCN: "立即读取企业微信通讯录" },
    flags: ["evenIfFewer"],
  },
  previewAllocation: {
    says: {
      en: "shows who would be given which address, a page at a time, behind the account name --after",
      zhCN: "预览分配：哪位成员将获得哪个地址，分页显示，从 --after 之后开始",
    },
    values: { after: "text", limit: "number" },
  },
  allocate: {
    says: {
      en: "gives addresses to the members who have none, and to those who join later",
      zhCN: "分配：为没有地址的成员（包括之后加入的）分配地址",
    },
  },
  confirmDeletions: {
    says: {
      en: "most messages of a folder are gone from the old mailbox, and that was meant: its next pass removes them from the new one",
      zhCN: "确认删除：某文件夹的大部分邮件已在原邮箱删除且确属有意，下一轮将在新邮箱同步删除",
    },
    values: { address: "text" },
  },
  confirmMxChange: {
    says: { en: "the MX has been changed: it is verified now", zhCN: "已修改解析：立即核实 MX 记录" },
  },
} as const satisfies Record<OperatorCommand["command"], CommandForm>;
