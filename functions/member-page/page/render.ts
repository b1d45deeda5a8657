import type { Language } from "../../../shared/contract/errors.ts";
import type { PageState } from "../../../shared/credentials/member-page.ts";
import type { Html } from "./html.ts";
import { brokenLink, clock, padlock, tick } from "./icons.ts";
import { layout } from "./layout.ts";
import { outcome } from "./outcome.ts";
import { passwordForm } from "./password-form.ts";
import type { PageTexts } from "./texts.ts";
import { english } from "./texts-en.ts";
import { chinese } from "./texts-zh.ts";

/** Why a form was not looked into. */
export type FormProblem = keyof PageTexts["problems"];

export const textsIn: Readonly<Record<Language, PageTexts>> = { en: english, zhCN: chinese };

/** The page of a state in the reader's language. */
export const renderPage = (
  state: PageState,
  language: Language,
  problem: FormProblem | null = null,
): Html => {
  const texts = textsIn[language];
  switch (state.state) {
    case "ask": {
      const { subject, hint } = state;
      const complaint = problem === null ? null : { head: texts.problems[problem], words: [] };
      const title = `${problem === null ? "" : texts.errorPrefix}${texts.askTitle[subject.kind]}`;
      return layout(texts, title, passwordForm(texts, { subject, hint: hint[language], complaint }));
    }
    case "refused": {
      const { subject, remedy, triesLeft, hasSpaces } = state;
      const complaint = {
        head: texts.refused,
        words: [...(hasSpaces ? [texts.spaces] : []), remedy[language], texts.triesLeft(triesLeft)],
      };
      const title = `${texts.errorPrefix}${texts.askTitle[subject.kind]}`;
      return layout(texts, title, passwordForm(texts, { subject, hint: null, complaint }));
    }
    case "locked": {
      const { subject, minutes, remedy } = state;
      const said = texts.locked(minutes);
      const content = { icon: padlock, tone: "wait" as const, texts: said, masked: subject.masked };
      const advice = remedy === undefined ? {} : { remedy: remedy[language] };
      return layout(texts, said.title, outcome(texts, { ...content, ...advice }));
    }
    case "tryLater":
      return told(texts, {
        icon: clock,
        tone: "wait",
        texts: texts.tryLater,
        masked: state.subject.masked,
        again: texts.tryAgain,
      });
    case "accepted":
    case "alreadyAccepted":
    case "notAsked":
      return told(texts, {
        icon: tick,
        tone: "good",
        texts: texts[state.state],
        masked: state.subject.masked,
      });
    case "linkNotValid":
      return told(texts, { icon: brokenLink, tone: "gone", texts: texts.linkNotValid, masked: null });
  }
};

/** The page when something of ours failed. */
export const renderFailure = (language: Language): Html => {
  const texts = textsIn[language];
  return told(texts, { icon: clock, tone: "wait", texts: texts.failed, masked: null, again: texts.tryAgain });
};

const told = (texts: PageTexts, content: Parameters<typeof outcome>[1]): Html =>
  layout(texts, content.texts.title, outcome(texts, content));
