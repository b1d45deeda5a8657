import { isDeepStrictEqual } from "node:util";
import { type LinkDigest, MemberAccess, MemberLink } from "../../shared/contract/member-link.ts";
import type { MailboxKey } from "../../shared/ports/mailbox-store.ts";
import type { MemberLinkStore } from "../../shared/ports/member-link-store.ts";

/** The members' links in memory, with the real store's conditions. */
export class FakeMemberLinkStore implements MemberLinkStore {
  readonly #links = new Map<LinkDigest, MemberLink>();
  readonly #access = new Map<string, MemberAccess>();

  async link(digest: LinkDigest): Promise<MemberLink | null> {
    return this.#links.get(digest) ?? null;
  }

  async createLink(link: MemberLink): Promise<void> {
    this.#links.set(link.digest, MemberLink.parse(link));
  }

  async access(mailbox: MailboxKey): Promise<MemberAccess | null> {
    return this.#access.get(keyOf(mailbox)) ?? null;
  }

  async replaceAccess(previous: MemberAccess | null, next: MemberAccess): Promise<boolean> {
    if (!isDeepStrictEqual(this.#access.get(keyOf(next)) ?? null, previous)) return false;
    this.#access.set(keyOf(next), MemberAccess.parse(next));
    return true;
  }

  /** Everything that is kept, as text. */
  dump(): string {
    return JSON.stringify([...this.#links, ...this.#access]);
  }
}

const keyOf = ({ migrationId, address }: MailboxKey): string => `${migrationId} ${address}`;
