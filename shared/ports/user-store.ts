import type { MemberId, MigrationId } from "../contract/ids.ts";
import type { AwaitedUser, VerifiedUser } from "../contract/user.ts";

/** What is remembered of members as the users of public mailboxes. Reads are consistent, letter case of accounts makes no difference. */
export interface UserStore {
  putVerified(user: VerifiedUser): Promise<void>;
  verified(id: MigrationId, memberId: MemberId): Promise<VerifiedUser | null>;
  putAwaited(user: AwaitedUser): Promise<void>;
  /** The public mailboxes that have ever waited for a member. */
  awaited(id: MigrationId, memberId: MemberId): Promise<readonly AwaitedUser[]>;
}
