import type { NoticeLanguage } from "../../contract/member-settings.ts";
import { chinese } from "./chinese.ts";
import { english } from "./english.ts";
import { onOneLine } from "./facts.ts";
import { htmlOf } from "./html.ts";
import type { Card, Letter, LetterFacts, Template } from "./letter.ts";

/** A mail's words. */
export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The mail in the languages wanted, one below the other in their order; its subject is in the first. */
export const renderMail = (facts: LetterFacts, languages: readonly NoticeLanguage[]): RenderedMail => {
  const letters = languages.map((language) => templates[language].letter(cleaned(facts)));
  return {
    subject: letters[0]?.subject ?? "",
    text: letters.map(textOf).join("\n----------\n\n"),
    html: htmlOf(letters),
  };
};

/** The card in the first of the languages wanted. */
export const renderCard = (facts: LetterFacts, [language = "zh-CN"]: readonly NoticeLanguage[]): Card =>
  templates[language].card(cleaned(facts));

const templates: Readonly<Record<NoticeLanguage, Template>> = { "zh-CN": chinese, en: english };

const cleaned = (facts: LetterFacts): LetterFacts => ({
  ...facts,
  domain: onOneLine(facts.domain),
  name: onOneLine(facts.name),
  address: onOneLine(facts.address),
  ...(facts.admin === undefined ? {} : { admin: onOneLine(facts.admin) }),
});

const textOf = ({ paragraphs }: Letter): string =>
  paragraphs.map((paragraph) => `${"link" in paragraph ? paragraph.link : paragraph.text}\n`).join("\n");
