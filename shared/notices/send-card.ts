import { isMailferryError } from "../contract/errors.ts";
import type { MemberId } from "../contract/ids.ts";
import type { Delivery } from "../contract/notice.ts";
import type { HeldSettings, WecomDirectory } from "../contract/settings.ts";
import type { Clock } from "../ports/clock.ts";
import type { CardOutcome, MemberCards } from "../ports/member-cards.ts";
import type { LetterFacts } from "./templates/letter.ts";
import { renderCard } from "./templates/render-notice.ts";
import type { Waiting } from "./waiting.ts";

export interface SendCardPorts {
  readonly clock: Clock;
  readonly memberCards: MemberCards;
}

interface NoticeCard {
  readonly directory: WecomDirectory;
  readonly memberId: MemberId;
  readonly facts: LetterFacts;
  /** With the mail out, WeCom's troubles are told and not thrown: thrown they would have the message delivered again, to no avail. */
  readonly isMailOut: boolean;
}

/** Sends the card of a notice to its member. @throws what `MemberCards` does, while nothing of the notice is out */
export const sendCard = async (
  { clock, memberCards }: SendCardPorts,
  { members }: HeldSettings,
  { directory, memberId, facts, isMailOut }: NoticeCard,
): Promise<Delivery | Waiting> => {
  const card = { memberId, url: facts.url, ...renderCard(facts, members.languages) };
  const answer = await memberCards.send(directory, card).catch((thrown: unknown): Failure => {
    if (!isMailOut || !isMailferryError(thrown)) throw thrown;
    return { outcome: "failed", words: thrown.message };
  });
  switch (answer.outcome) {
    case "sent":
      return { outcome: "sent", at: clock.now() };
    case "undeliverable":
      return { outcome: "undeliverable", at: clock.now(), reason: answer.reason, words: "" };
    case "tooMany":
      return { outcome: "wait", seconds: answer.retryAfterSeconds, words: "too many cards to this member" };
    case "failed":
      return { outcome: "wait", words: answer.words };
  }
};

type Failure = CardOutcome | { readonly outcome: "failed"; readonly words: string };
