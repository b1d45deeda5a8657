import type { MemberId, MigrationId } from "../../shared/contract/ids.ts";
import { AwaitedUser, VerifiedUser } from "../../shared/contract/user.ts";
import type { UserStore } from "../../shared/ports/user-store.ts";

/** Users of public mailboxes, in memory. */
export class FakeUserStore implements UserStore {
  readonly #verified = new Map<string, VerifiedUser>();
  readonly #awaited = new Map<string, AwaitedUser>();

  async putVerified(user: VerifiedUser): Promise<void> {
    this.#verified.set(keyOf(user.migrationId, user.memberId), VerifiedUser.parse(user));
  }

  async verified(id: MigrationId, memberId: MemberId): Promise<VerifiedUser | null> {
    return this.#verified.get(keyOf(id, memberId)) ?? null;
  }

  async putAwaited(user: AwaitedUser): Promise<void> {
    this.#awaited.set(`${keyOf(user.migrationId, user.memberId)} ${user.address}`, AwaitedUser.parse(user));
  }

  async awaited(id: MigrationId, memberId: MemberId): Promise<readonly AwaitedUser[]> {
    return [...this.#awaited.values()].filter(
      (user) => keyOf(user.migrationId, user.memberId) === keyOf(id, memberId),
    );
  }
}

const keyOf = (id: MigrationId, memberId: MemberId): string => `${id} ${memberId.toLowerCase()}`;
