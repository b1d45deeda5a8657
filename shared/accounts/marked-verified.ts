import type { Account } from "../contract/account.ts";

/** The stored account with the mark of a visit that was let into its mailbox, if it has none yet (see `announceVerified`). */
export const markedVerified = (stored: Account, { verifiedAt }: Pick<Account, "verifiedAt">): Account =>
  stored.verifiedAt === undefined && verifiedAt !== undefined ? { ...stored, verifiedAt } : stored;
