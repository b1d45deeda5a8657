import { isDeepStrictEqual } from "node:util";
import type { MemberId } from "../../shared/contract/ids.ts";
import { SentCards } from "../../shared/contract/sent-cards.ts";
import type { CardStore } from "../../shared/ports/card-store.ts";

/** When cards went to members, in memory, with the real store's condition. */
export class FakeCardStore implements CardStore {
  readonly #sent = new Map<string, SentCards>();

  async get(corpId: string, memberId: MemberId): Promise<SentCards | null> {
    return structuredClone(this.#sent.get(keyOf(corpId, memberId)) ?? null);
  }

  async replace(
    corpId: string,
    memberId: MemberId,
    previous: SentCards | null,
    next: SentCards,
  ): Promise<boolean> {
    const key = keyOf(corpId, memberId);
    if (!isDeepStrictEqual(this.#sent.get(key) ?? null, previous)) return false;
    this.#sent.set(key, SentCards.parse(next));
    return true;
  }
}

const keyOf = (corpId: string, memberId: MemberId): string => `${corpId} ${memberId.toLowerCase()}`;
