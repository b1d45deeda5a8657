import type { Timestamp } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import type { Channel, Delivery } from "../contract/notice.ts";
import { amendAccount } from "../copy/amend-account.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { Begun } from "./begin-notice.ts";
import { cardDirectoryOf } from "./channels.ts";
import { type SendCardPorts, sendCard } from "./send-card.ts";
import { type SendMailPorts, sendMail } from "./send-mail.ts";
import type { LetterFacts } from "./templates/letter.ts";
import type { Waiting } from "./waiting.ts";

export interface DeliverPorts extends SendMailPorts, SendCardPorts {
  readonly accounts: Pick<AccountStore, "get" | "replace">;
}

/** The link that a notice carries. */
interface Link {
  readonly url: string;
  readonly expiresAt: Timestamp;
}

/** What became of a notice that was begun: over which channels it went, and why a card was left out; or that it has to wait. */
export type Delivered =
  | { readonly outcome: "sent"; readonly channels: readonly Channel[]; readonly words?: string }
  | Waiting;

/**
 * Sends a notice over its channels, the mail first. While nothing has gone out, whatever has to wait makes the whole notice wait. A card that
 * would have to wait while the mail is out is left out: sending it later would need a new link, which would end the one in the mail.
 */
export const deliver = async (
  app: DeliverPorts,
  migration: Migration,
  account: Begun,
  link: Link,
): Promise<Delivered> => {
  const facts = factsOf(migration, account, link);
  const { settings } = migration;
  const sent: Channel[] = [];
  const { from } = settings.notices;
  if (from !== undefined && account.notice.mail?.outcome === "begun") {
    const delivery = await sendMail(app, settings, { from, account, facts });
    if (delivery.outcome === "wait") return delivery;
    await record(app, account, "mail", delivery);
    if (delivery.outcome === "sent") sent.push("mail");
  }
  const directory = cardDirectoryOf(settings);
  if (directory !== null && account.kind === "member" && account.notice.card?.outcome === "begun") {
    const { memberId } = account;
    const isMailOut = sent.length > 0;
    const delivery = await sendCard(app, settings, { directory, memberId, facts, isMailOut });
    if (delivery.outcome === "wait") {
      return isMailOut ? { outcome: "sent", channels: sent, words: delivery.words } : delivery;
    }
    await record(app, account, "card", delivery);
    if (delivery.outcome === "sent") sent.push("card");
  }
  return { outcome: "sent", channels: sent };
};

const factsOf = (
  { domain, settings }: Migration,
  { name, address, notice }: Begun,
  link: Link,
): LetterFacts => ({
  // Nobody is told of having been asked before who was not.
  kind: notice.number === 1 ? "ask" : notice.kind,
  domain,
  name,
  address,
  ...link,
  ...(settings.notices.admin === undefined ? {} : { admin: settings.notices.admin }),
});

/** A bounce may have come back before it was recorded that the mail went out; it stays. So does a newer notice. */
const record = async (
  app: Pick<DeliverPorts, "accounts">,
  { notice, ...account }: Begun,
  channel: Channel,
  delivery: Delivery,
): Promise<void> => {
  await amendAccount(app, account, (stored) =>
    stored.notice?.number === notice.number && stored.notice[channel]?.outcome === "begun"
      ? { ...stored, notice: { ...stored.notice, [channel]: delivery } }
      : null,
  );
};
