import type { LinkDigest, MemberAccess, MemberLink } from "../contract/member-link.ts";
import type { MailboxKey } from "./mailbox-store.ts";

/** The members' links, each call one item, every read consistent. */
export interface MemberLinkStore {
  /** Null when there never was such a link. */
  link(digest: LinkDigest): Promise<MemberLink | null>;
  createLink(link: MemberLink): Promise<void>;
  /** Null when no link was ever issued for the mailbox. */
  access(mailbox: MailboxKey): Promise<MemberAccess | null>;
  /** Writes only while the record is what `previous` says (null: there is none); false when it is not. */
  replaceAccess(previous: MemberAccess | null, next: MemberAccess): Promise<boolean>;
}
