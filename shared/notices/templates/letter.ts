import type { Timestamp } from "../../contract/ids.ts";
import type { NoticeKind } from "../../contract/notice.ts";

/** What a letter to a member says something about. */
export interface LetterFacts {
  readonly kind: NoticeKind;
  /** The domain whose mail moves. */
  readonly domain: string;
  /** The member's name as the sheet has it; may be empty. */
  readonly name: string;
  /** The old mailbox. */
  readonly address: string;
  readonly url: string;
  readonly expiresAt: Timestamp;
  /** Whom a member may ask whether the letter is genuine. */
  readonly admin?: string;
}

/** A paragraph: text, or a link that stands by itself and shows where it leads. */
export type Paragraph = { readonly text: string } | { readonly link: string };

/** A letter in one language, before it becomes plain text or HTML. Nothing in it is markup. */
export interface Letter {
  readonly language: "zh-CN" | "en";
  readonly subject: string;
  readonly paragraphs: readonly Paragraph[];
}

/** A card in one language. */
export interface Card {
  readonly title: string;
  readonly description: string;
  readonly button: string;
}

/** The same facts in every language. */
export interface Template {
  letter(facts: LetterFacts): Letter;
  card(facts: LetterFacts): Card;
}
