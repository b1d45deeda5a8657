import type { OperatorAnswer, OperatorCommand } from "../../../../events/operator-command.ts";
import type { Language } from "../../../../shared/contract/errors.ts";
import { storedSentence } from "../../../../shared/contract/stored-error.ts";
import { type ExitStatus, exitStatus } from "../exit-status.ts";
import { outcomeSentence } from "./outcome-sentences.ts";
import { nobodyReminded, reminderSentences } from "./reminder-sentences.ts";

type Command = OperatorCommand["command"];

/**
 * With which status a command ends: 0 only when things are as the operator wanted them, because scripts go on from there. Accounts that
 * were to be cleared and stay are not, nor is a reminder that went to nobody.
 */
export const outcomeStatus = (
  command: Command,
  { outcome, cleared, reminders }: OperatorAnswer,
): ExitStatus => {
  const isAsWished =
    command === "clearAccounts" ? outcome === "done" && cleared?.kept === 0 : asWished.has(outcome);
  const isInVain = reminders !== undefined && nobodyReminded(reminders);
  return isAsWished && !isInVain ? exitStatus.done : exitStatus.doneWithLosses;
};

const asWished: ReadonlySet<OperatorAnswer["outcome"]> = new Set(["done", "alreadyDone", "nothingRefused"]);

/** What is said of an answer beside its document. */
export const outcomeSentences = (
  command: Command,
  answer: OperatorAnswer,
  language: Language,
): readonly string[] => {
  const { outcome, cleared, error, reminders } = answer;
  const isReminding = command === "remind" && outcome === "standing";
  const meaning = isReminding ? goesOn[language] : outcomeSentence(answer, language);
  return [
    ...(meaning === null ? [] : [meaning]),
    ...(command === "clearAccounts" && outcome === "alreadyDone" ? [closed[language]] : []),
    ...(cleared === undefined || cleared.kept === 0 ? [] : [stays(cleared)[language]]),
    ...(reminders === undefined || isReminding ? [] : reminderSentences(reminders, language)),
    ...(error === undefined ? [] : [storedSentence(error, language)]),
  ];
};

const goesOn = {
  en: "The time did not suffice to remind everybody; it goes on by itself from here. Give the command again to see how far it is.",
  zhCN: "时间不足，尚未提醒所有成员；提醒会自动继续。再次执行该命令可查看进度。",
} as const;

const closed = {
  en: "The migration is closed: its accounts are the proof of what was moved, and stay.",
  zhCN: "迁移已结束：账号是迁移结果的凭证，不会删除。",
} as const;

/** As many as a person reads; more are in the answer. */
const namesShown = 20;

const stays = ({ kept, keptFirst }: NonNullable<OperatorAnswer["cleared"]>) => {
  const names = keptFirst.slice(0, namesShown).join(", ") + (kept > namesShown ? ", …" : "");
  return {
    en: `Accounts that have begun to copy stay (${kept}): ${names}. In the next workbook keep their rows as they were, or leave them out.`,
    zhCN: `${kept} 个账号已开始迁移，予以保留：${names}。在下一份表格中请保持这些行不变，或不再列出。`,
  };
};
