import { keys } from "../../../shared/contract/table.ts";
import { AwaitedUser, VerifiedUser } from "../../../shared/contract/user.ts";
import type { UserStore } from "../../../shared/ports/user-store.ts";
import type { StateTable } from "./state-table.ts";

/** Users of public mailboxes in the state table: one partition for each member. */
export const dynamoUserStore = (table: Pick<StateTable, "get" | "put" | "all">): UserStore => ({
  putVerified: (user) => table.put(keys.verifiedUser(user.migrationId, user.memberId), user),
  verified: (id, memberId) => table.get(keys.verifiedUser(id, memberId), VerifiedUser),
  putAwaited: (user) => table.put(keys.awaitedUser(user.migrationId, user.memberId, user.address), user),
  awaited: (id, memberId) => table.all(keys.awaitedUsers(id, memberId), AwaitedUser),
});
