import type { Account } from "../contract/account.ts";
import type { MemberAccess } from "../contract/member-link.ts";
import type { Migration } from "../contract/migration.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { LinkTokens } from "../ports/link-tokens.ts";
import type { MemberLinkStore } from "../ports/member-link-store.ts";
import type { MigrationStore } from "../ports/migration-store.ts";
import { hasCome } from "../time/moment.ts";
import { isWornOut, type OpenAccess } from "./counted-try.ts";

export interface OpenLinkPorts {
  readonly clock: Clock;
  readonly linkTokens: Pick<LinkTokens, "digestOf">;
  readonly memberLinks: Pick<MemberLinkStore, "link" | "access">;
  readonly migrations: Pick<MigrationStore, "get">;
  readonly accounts: Pick<AccountStore, "get">;
}

/** What a link opens. */
export interface OpenedLink {
  readonly access: OpenAccess;
  readonly account: Account;
  readonly migration: Migration;
}

/**
 * Follows a link. Null alike for one that never was, has run out, was revoked, is worn out, or whose account is gone: who guesses
 * learns nothing from the answer.
 */
export const openLink = async (app: OpenLinkPorts, token: string): Promise<OpenedLink | null> => {
  const digest = app.linkTokens.digestOf(token);
  const link = await app.memberLinks.link(digest);
  if (link === null) return null;
  const { migrationId, address } = link;
  const access = await app.memberLinks.access(link);
  if (access === null || !holds(access)) return null;
  if (access.link.digest !== digest || hasCome(access.link.expiresAt, app.clock.now())) return null;
  if (isWornOut(access.link)) return null;
  const [migration, account] = await Promise.all([
    app.migrations.get(migrationId),
    app.accounts.get(migrationId, address),
  ]);
  return migration === null || account === null ? null : { access, account, migration };
};

/** Whether any link holds. */
export const holds = (access: MemberAccess): access is OpenAccess => access.link !== null;
