import type { MemberId } from "../contract/ids.ts";
import type { SentCards } from "../contract/sent-cards.ts";

/** When cards went to members. A record that cannot be parsed is RecordUnreadable, never absent. */
export interface CardStore {
  get(corpId: string, memberId: MemberId): Promise<SentCards | null>;
  /** Replaces what is there only while it still equals `previous`, null for nothing; false when it had changed meanwhile. */
  replace(corpId: string, memberId: MemberId, previous: SentCards | null, next: SentCards): Promise<boolean>;
}
