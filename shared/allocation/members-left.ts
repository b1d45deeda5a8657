import { parseAddress } from "../accounts/address.ts";
import { allAccounts } from "../accounts/all-accounts.ts";
import { type Member, parseDirectoryFile, sameMember } from "../accounts/directory.ts";
import { directoryPlace } from "../accounts/directory-place.ts";
import type { Allocation } from "../contract/allocation.ts";
import type { MailAddress } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import { directoryBytesAtMost } from "../directory/limits.ts";
import type { AccountStore } from "../ports/account-store.ts";
import type { AllocationStore } from "../ports/allocation-store.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import { byAccountName, knownAddress } from "./plan-allocation.ts";

export interface MembersLeftPorts {
  readonly objects: Pick<ObjectStore, "read">;
  readonly accounts: Pick<AccountStore, "page">;
  readonly allocations: Pick<AllocationStore, "all">;
}

/** The company seen by who has a mailbox of their own and who has not. */
export interface MembersLeft {
  /** How many members the directory has. */
  readonly members: number;
  /** Those without an account, ascending by account name. */
  readonly left: readonly Member[];
  /** Addresses of accounts at either end, public mailboxes included, and what the directory names of members who have one. */
  readonly taken: ReadonlySet<MailAddress>;
  /** Addresses of accounts alone. */
  readonly accounts: ReadonlySet<MailAddress>;
  /** What was allocated before. */
  readonly before: readonly Allocation[];
}

/**
 * Holds the members' directory against the accounts. Null when there is no directory.
 * @throws DirectoryUnreadable
 */
export const membersLeft = async (
  app: MembersLeftPorts,
  { migrationId, settings, domain }: Pick<Migration, "migrationId" | "settings" | "domain">,
): Promise<MembersLeft | null> => {
  const { path } = directoryPlace(settings.directory, migrationId);
  const bytes = await app.objects.read(path, directoryBytesAtMost);
  if (bytes === null) return null;
  const { members } = parseDirectoryFile(new TextDecoder().decode(bytes), path);

  const accounts = new Set<MailAddress>();
  const provided = new Set<string>();
  for await (const account of allAccounts(app.accounts, migrationId)) {
    accounts.add(account.address).add(account.target);
    if (account.kind === "member") provided.add(sameMember(account.memberId));
  }
  const isProvided = ({ userid }: Member): boolean => provided.has(sameMember(userid));
  const taken = new Set(accounts);
  for (const member of members) {
    const named = isProvided(member) ? knownAddress(member, domain) : null;
    if (named !== null) taken.add(named);
    for (const alias of member.aliases ?? []) {
      const address = parseAddress(alias);
      if (address !== null) taken.add(address);
    }
  }
  return {
    members: members.length,
    left: members.filter((member) => !isProvided(member)).toSorted(byAccountName),
    taken,
    accounts,
    before: await app.allocations.all(migrationId),
  };
};
