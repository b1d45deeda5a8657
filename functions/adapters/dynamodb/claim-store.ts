import { MailboxClaim } from "../../../shared/contract/claim.ts";
import { keys } from "../../../shared/contract/table.ts";
import type { ClaimStore } from "../../../shared/ports/claim-store.ts";
import type { StateTable } from "./state-table.ts";

/** The claims on mailboxes, each beside its mailbox' records. */
export const dynamoClaimStore = (table: StateTable): ClaimStore => ({
  get: ({ migrationId, address }) => table.get(keys.claim(migrationId, address), MailboxClaim),
  create: (claim) => table.create(keys.claim(claim.migrationId, claim.address), claim),
  replace: (previous, next) => table.replace(keys.claim(next.migrationId, next.address), previous, next),
  remove: (claim) => table.remove(keys.claim(claim.migrationId, claim.address), claim),
});
