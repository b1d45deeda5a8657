import type { WecomDirectory } from "../../shared/contract/settings.ts";
import type { CardOutcome, MemberCard, MemberCards } from "../../shared/ports/member-cards.ts";

/** Cards in a list. What is answered can be told beforehand; only a card that was `sent` is in the list. */
export class FakeMemberCards implements MemberCards {
  readonly sent: MemberCard[] = [];
  next: CardOutcome | Error = { outcome: "sent" };

  async send(_directory: WecomDirectory, card: MemberCard): Promise<CardOutcome> {
    if (this.next instanceof Error) throw this.next;
    if (this.next.outcome === "sent") this.sent.push(card);
    return this.next;
  }
}
