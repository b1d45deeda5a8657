import type { Account } from "../contract/account.ts";
import type { Pass } from "../contract/pass.ts";

/**
 * The round with which an account's first plan of a pass goes out: none where the account was there when the pass was requested. One
 * that was imported since may stand in the place of an account that was cleared, whose plan of the same pass SQS would take this one
 * for during five minutes and drop, and the mailbox would wait for ever. So its rounds count from the milliseconds between the two.
 */
export const firstRound = (
  { importedAt }: Pick<Account, "importedAt">,
  { requestedAt }: Pick<Pass, "requestedAt">,
): number | undefined => {
  const later = Date.parse(importedAt) - Date.parse(requestedAt);
  return later > 0 ? later : undefined;
};
