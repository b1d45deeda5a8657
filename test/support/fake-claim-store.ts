import { isDeepStrictEqual } from "node:util";
import { MailboxClaim } from "../../shared/contract/claim.ts";
import type { ClaimStore } from "../../shared/ports/claim-store.ts";
import type { MailboxKey } from "../../shared/ports/mailbox-store.ts";

/** The claims on mailboxes, in memory. */
export class FakeClaimStore implements ClaimStore {
  readonly #claims = new Map<string, MailboxClaim>();

  async get(mailbox: MailboxKey): Promise<MailboxClaim | null> {
    return this.#claims.get(keyOf(mailbox)) ?? null;
  }

  async create(claim: MailboxClaim): Promise<boolean> {
    if (this.#claims.has(keyOf(claim))) return false;
    this.#claims.set(keyOf(claim), MailboxClaim.parse(claim));
    return true;
  }

  async replace(previous: MailboxClaim, next: MailboxClaim): Promise<boolean> {
    if (!isDeepStrictEqual(this.#claims.get(keyOf(previous)), previous)) return false;
    this.#claims.set(keyOf(next), MailboxClaim.parse(next));
    return true;
  }

  async remove(claim: MailboxClaim): Promise<void> {
    if (isDeepStrictEqual(this.#claims.get(keyOf(claim)), claim)) this.#claims.delete(keyOf(claim));
  }
}

const keyOf = ({ migrationId, address }: MailboxKey): string => `${migrationId} ${address}`;
