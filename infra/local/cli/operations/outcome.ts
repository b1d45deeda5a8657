import type { OperatorAnswer, OperatorCommand } from "../../../../events/operator-command.ts";
import type { Language } from "../../../../shared/contract/errors.ts";
import { storedSentence } from "../../../../shared/contract/stored-error.ts";
import { type ExitStatus, exitStatus } from "../exit-status.ts";
import { outcomeSentence } from "./outcome-sentences.ts";

type Command = OperatorCommand["command"];

/**
 * With which status a command ends: 0 only when things are as the operator wanted them, because scripts go on from there. Accounts that
 * were to be cleared and stay are not.
 */
export const outcomeStatus = (command: Command, { outcome, cleared }: OperatorAnswer): ExitStatus => {
  const isAsWished =
    command === "clearAccounts" ? outcome === "done" && cleared?.kept === 0 : asWished.has(outcome);
  return isAsWished ? exitStatus.done : exitStatus.doneWithLosses;
};

const asWished: ReadonlySet<OperatorAnswer["outcome"]> = new Set(["done", "alreadyDone", "nothingRefused"]);

/** What is said of an answer beside its document. */
export const outcomeSentences = (
  command: Command,
  answer: OperatorAnswer,
  language: Language,
): readonly string[] => {
  const { outcome, cleared, error } = answer;
  const meaning = outcomeSentence(answer, language);
  return [
    ...(meaning === null ? [] : [meaning]),
    ...(command === "clearAccounts" && outcome === "alreadyDone" ? [closed[language]] : []),
    ...(cleared === undefined || cleared.kept === 0 ? [] : [stays(cleared)[language]]),
    ...(error === undefined ? [] : [storedSentence(error, language)]),
  ];
};

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
