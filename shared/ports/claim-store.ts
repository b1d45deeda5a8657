import type { MailboxClaim } from "../contract/claim.ts";
import type { MailboxKey } from "./mailbox-store.ts";

/** Who works on which mailbox; each call is one item. */
export interface ClaimStore {
  /** A consistent read; null when nobody does. */
  get(mailbox: MailboxKey): Promise<MailboxClaim | null>;
  /** False when there is a claim on the mailbox. */
  create(claim: MailboxClaim): Promise<boolean>;
  /** Replaces the claim only while it is what `previous` says; false when it is not. */
  replace(previous: MailboxClaim, next: MailboxClaim): Promise<boolean>;
  /** Gives the mailbox free if it is still claimed so. */
  remove(claim: MailboxClaim): Promise<void>;
}
