import type { MemberId, Timestamp } from "../contract/ids.ts";
import { cardsPerHour, cardsPerMinute, type SentCards } from "../contract/sent-cards.ts";
import type { CardStore } from "../ports/card-store.ts";
import type { Clock } from "../ports/clock.ts";
import { secondsBetween } from "../time/moment.ts";

/** Whether a card may go now; else after how many seconds. */
export type CardTurn =
  | { readonly turn: "now"; readonly next: SentCards }
  | { readonly turn: "later"; readonly retryAfterSeconds: number };

/**
 * Whose turn it is by what went before: at most 30 cards in any minute and 1,000 in any hour to one member. WeCom drops further
 * ones without a word, so it is us who have to wait.
 */
export const cardTurn = (sent: SentCards | null, now: Timestamp): CardTurn => {
  const within = (seconds: number) =>
    (sent?.at ?? []).filter((moment) => secondsBetween(moment, now) < seconds);
  for (const [seconds, limit] of [
    [60, cardsPerMinute],
    [3_600, cardsPerHour],
  ] as const) {
    const recent = within(seconds);
    const freeing = recent.at(-limit);
    if (freeing === undefined) continue;
    return {
      turn: "later",
      retryAfterSeconds: Math.max(1, Math.ceil(seconds - secondsBetween(freeing, now))),
    };
  }
  return { turn: "now", next: { at: [...within(3_600), now] } };
};

/** Several mailboxes of one member may be notified at once; more than a few conflicts in a row are not chance. */
const attempts = 10;

/** Takes a turn before the card is sent, so that one whose sending was cut off counts as well. */
export const takeCardTurn = async (
  app: { readonly clock: Clock; readonly cards: CardStore },
  corpId: string,
  memberId: MemberId,
): Promise<CardTurn> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const sent = await app.cards.get(corpId, memberId);
    const turn = cardTurn(sent, app.clock.now());
    if (turn.turn === "later") return turn;
    if (await app.cards.replace(corpId, memberId, sent, turn.next)) return turn;
  }
  return { turn: "later", retryAfterSeconds: 1 };
};
