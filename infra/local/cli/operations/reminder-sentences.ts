import type { OperatorAnswer } from "../../../../events/operator-command.ts";
import type { Language } from "../../../../shared/contract/errors.ts";
import { hoursBetweenNotices } from "../../../../shared/contract/member-settings.ts";
import { momentIn } from "../../../../shared/report/moment-in.ts";

type Reminders = NonNullable<OperatorAnswer["reminders"]>;

/** Whether passwords are awaited and not one of those members was reminded. */
export const nobodyReminded = ({ reminded, tooEarly, undeliverable }: Reminders): boolean =>
  reminded === 0 && tooEarly + undeliverable > 0;

/** Why nobody was reminded, and when or how it is possible; nothing where somebody was, or nobody is awaited. */
export const reminderSentences = (reminders: Reminders, language: Language): readonly string[] =>
  nobodyReminded(reminders)
    ? [
        ...(reminders.tooEarly === 0 ? [] : [tooEarlySentence(reminders, language)]),
        ...(reminders.undeliverable === 0 ? [] : [unreachable(reminders)[language]]),
      ]
    : [];

const tooEarlySentence = ({ tooEarly, tooEarlyUntil }: Reminders, language: Language): string => {
  const when = tooEarlyUntil === undefined ? later : from(momentIn(tooEarlyUntil, language));
  const why = {
    en: `Nobody was reminded: the members of ${tooEarly} accounts were written to less than ${hoursBetweenNotices} hours ago. `,
    zhCN: `未发送提醒：${tooEarly} 个账号的成员在 ${hoursBetweenNotices} 小时内已收到通知，`,
  };
  return why[language] + when[language];
};

const from = (moment: string) => ({
  en: `The first of them can be reminded from ${moment}.`,
  zhCN: `最早可于 ${moment} 再次提醒。`,
});

const later = { en: "Ask again later.", zhCN: "请稍后再试。" } as const;

const unreachable = ({ undeliverable }: Reminders) => ({
  en: `The members of ${undeliverable} accounts cannot be reached: what was sent to them did not arrive, or there is no way to send it. Tell them in another way, or enter their passwords; the report says why.`,
  zhCN: `${undeliverable} 个账号的成员无法联系：通知未送达，或没有可用的联系方式。请以其他方式通知，或代为输入密码；原因见报告。`,
});
