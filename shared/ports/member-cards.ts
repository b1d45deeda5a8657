import type { MemberId } from "../contract/ids.ts";
import type { WecomDirectory } from "../contract/settings.ts";

/** A card with one link. Title and description are plain text; what is too long is cut. */
export interface MemberCard {
  readonly memberId: MemberId;
  readonly title: string;
  readonly description: string;
  readonly url: string;
  /** The words on the card's button; at most four Chinese characters are shown. */
  readonly button: string;
}

/** What became of a card. `undeliverable` is about this member: trying again will not help until somebody changes something. */
export type CardOutcome =
  | { readonly outcome: "sent" }
  /** `unknownMember`: WeCom knows no such account, or the app may not see it; `unlicensed`: no basic interface licence. */
  | { readonly outcome: "undeliverable"; readonly reason: "unknownMember" | "unlicensed" }
  /** So many cards went to this member that WeCom would silently drop this one; it may go after so many seconds. */
  | { readonly outcome: "tooMany"; readonly retryAfterSeconds: number };

/** Cards that reach members inside WeCom. */
export interface MemberCards {
  /**
   * Sends one card. The same card sent again within half an hour is shown once, so a repetition does no harm.
   * @throws WecomBusy, WecomUnreachable, WecomSecretRefused, WecomAddressRefused, WecomRightMissing, WecomRefused,
   * WecomAnswerUnusable, SecretMissing, SettingsUnusable (no agentId)
   */
  send(directory: WecomDirectory, card: MemberCard): Promise<CardOutcome>;
}
