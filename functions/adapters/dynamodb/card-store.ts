import { SentCards } from "../../../shared/contract/sent-cards.ts";
import { keys } from "../../../shared/contract/table.ts";
import type { CardStore } from "../../../shared/ports/card-store.ts";
import type { StateTable } from "./state-table.ts";

/** When cards went to members, in the state table. */
export const dynamoCardStore = (table: StateTable): CardStore => ({
  get: (corpId, memberId) => table.get(keys.sentCards(corpId, memberId), SentCards),
  replace: (corpId, memberId, previous, next) => {
    const key = keys.sentCards(corpId, memberId);
    return previous === null ? table.create(key, next) : table.replace(key, previous, next);
  },
});
