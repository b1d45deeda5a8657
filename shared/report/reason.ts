import type { Account } from "../contract/account.ts";
import type { Language } from "../contract/errors.ts";
import type { Waiting, WaitingReason } from "../contract/pace.ts";
import { storedSentence } from "../contract/stored-error.ts";
import { type LinkSeen, linkSentence } from "./link-sentence.ts";
import { momentIn } from "./moment-in.ts";
import { askedSentence, undeliverableSentence } from "./notice-sentences.ts";

type Standing = Pick<Account, "state" | "notice">;

/**
 * Why an account is not completed, in the reader's language; null when it is or is on its way and nothing holds it up. `link` is that of
 * a member who has one in hand.
 */
export const reasonOf = (
  { state, notice }: Standing,
  language: Language,
  link: LinkSeen | null = null,
): string | null => {
  switch (state.status) {
    case "notStarted":
      return [
        notStartedReason({ reason: state.reason, notice }, language),
        link === null ? null : linkSentence(link, language),
        undeliverableSentence(notice, language),
      ]
        .filter((sentence) => sentence !== null)
        .join(language === "en" ? " " : "");
    case "failed":
      return storedSentence(state.error, language);
    case "copying":
      return state.waiting === undefined ? null : waitingSentence(state.waiting, language);
    case "completed":
      return null;
  }
};

const notStartedReason = ({ reason, notice }: NotStarted, language: Language): string => {
  switch (reason.kind) {
    case "historyNotBegun":
      return language === "en" ? "The history phase has not begun." : "尚未开始迁移历史邮件。";
    case "passwordMissing":
      return passwordMissing[reason.side][language];
    case "loginRefused":
      return storedSentence(reason.error, language);
    case "awaitingUser":
      return awaitingUser[language];
    case "memberAsked":
      return askedSentence(notice, language);
  }
};

type NotStarted = Pick<Extract<Account["state"], { status: "notStarted" }>, "reason"> & {
  readonly notice: Account["notice"];
};

const waitingSentence = ({ reason, until }: Waiting, language: Language): string =>
  waiting[reason][language].replace("{until}", momentIn(until, language));

const waiting: Readonly<Record<WaitingReason, Readonly<Record<Language, string>>>> = {
  window: {
    en: "It waits for the hours in which mail is copied, until {until}.",
    zhCN: "等待允许迁移的时段，至 {until}。",
  },
  connections: {
    en: "It waits for a free connection to the old server and tries again at {until}.",
    zhCN: "等待原邮件服务器的空闲连接，{until} 再试。",
  },
  dailyBytes: {
    en: "Today's amount of mail has been fetched; it goes on at {until}.",
    zhCN: "已达到今日迁移流量上限，{until} 继续。",
  },
  serverBusy: {
    en: "A mail server asked to wait; it is tried again at {until}.",
    zhCN: "邮件服务器要求等待，{until} 再试。",
  },
};

const awaitingUser = {
  en: "It starts as soon as the old mailbox of one of its users has been entered. Give one of them a right password first, or type in the public mailbox's own.",
  zhCN: "使用成员中任一人的原邮箱验证通过后自动开始迁移。请先为其中一人提供正确的密码，或输入该公共邮箱自己的密码。",
} as const;

const passwordMissing = {
  source: {
    en: "There is no password for the old mailbox. Type it in, import a file of passwords, or add it to the sheet and import it again.",
    zhCN: "缺少原邮箱密码。请输入密码、导入密码文件，或在表格中补上后重新导入。",
  },
  target: {
    en: "There is no password for the new mailbox. Add it to the sheet and import it again.",
    zhCN: "缺少新邮箱密码。请在表格中补上后重新导入。",
  },
} as const;
