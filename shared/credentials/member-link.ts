import type { MailAddress, MigrationId, Timestamp } from "../contract/ids.ts";
import type { MemberAccess } from "../contract/member-link.ts";
import type { Clock } from "../ports/clock.ts";
import type { LinkTokens } from "../ports/link-tokens.ts";
import type { MemberLinkStore } from "../ports/member-link-store.ts";
import { secondsAfter } from "../time/moment.ts";
import { amendAccess } from "./amend-access.ts";

export interface IssueMemberLinkPorts {
  readonly clock: Clock;
  readonly linkTokens: LinkTokens;
  readonly memberLinks: Pick<MemberLinkStore, "createLink" | "access" | "replaceAccess">;
}

/** Whom a link is for, where its page is, and how many days it holds. */
export interface LinkRequest {
  readonly migrationId: MigrationId;
  readonly address: MailAddress;
  /** The stack's `MemberPageUrl`. */
  readonly pageUrl: string;
  readonly days: number;
}

const secondsPerDay = 86_400;

/**
 * Makes the link to a mailbox' password page. Earlier links to it end with this one write; what was tried in vain through them still
 * counts. The link's own record is written first, so that a link that holds can always be found; one whose maker died in
 * between never came to hold. The URL is a secret and is kept nowhere.
 */
export const issueMemberLink = async (
  app: IssueMemberLinkPorts,
  { migrationId, address, pageUrl, days }: LinkRequest,
): Promise<{ readonly url: string; readonly expiresAt: Timestamp }> => {
  const token = app.linkTokens.mint();
  const digest = app.linkTokens.digestOf(token);
  const issuedAt = app.clock.now();
  const expiresAt = secondsAfter(issuedAt, days * secondsPerDay);
  await app.memberLinks.createLink({ digest, migrationId, address });
  await amendAccess(app, { migrationId, address }, (access) => ({
    migrationId,
    address,
    failures: 0,
    ...access,
    link: { digest, issuedAt, expiresAt, failures: 0 },
  }));
  return { url: `${pageUrl.replace(/\/+$/, "")}/${token}`, expiresAt };
};

/** When the member was last sent a link, whether or not it still holds; null when never. */
export const lastWrittenAt = (access: MemberAccess | null): Timestamp | null =>
  access?.link?.issuedAt ?? access?.writtenAt ?? null;

/** Ends whatever link to the mailbox' page there is. When it was sent stays known. */
export const revokeMemberLinks = async (
  app: { readonly memberLinks: Pick<MemberLinkStore, "access" | "replaceAccess"> },
  migrationId: MigrationId,
  address: MailAddress,
): Promise<void> => {
  await amendAccess(app, { migrationId, address }, (access) =>
    access === null || access.link === null
      ? null
      : { ...access, link: null, writtenAt: access.link.issuedAt },
  );
};
