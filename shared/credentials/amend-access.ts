import { MailferryError } from "../contract/errors.ts";
import type { MemberAccess } from "../contract/member-link.ts";
import { keys } from "../contract/table.ts";
import type { MailboxKey } from "../ports/mailbox-store.ts";
import type { MemberLinkStore } from "../ports/member-link-store.ts";

/** More writers in a row are not members at their pages. */
const attempts = 20;

/**
 * Reads, decides and writes until nobody else wrote in between, so that of many tries at once each is counted. `decide` returns null
 * to leave the record as it is. Returns the record as it then stands.
 */
export const amendAccess = async (
  { memberLinks }: { readonly memberLinks: Pick<MemberLinkStore, "access" | "replaceAccess"> },
  { migrationId, address }: MailboxKey,
  decide: (access: MemberAccess | null) => MemberAccess | null,
): Promise<MemberAccess | null> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const access = await memberLinks.access({ migrationId, address });
    const next = decide(access);
    if (next === null) return access;
    if (await memberLinks.replaceAccess(access, next)) return next;
  }
  const { pk, sk } = keys.memberAccess(migrationId, address);
  throw new MailferryError("RecordUnreadable", {
    key: `${pk} ${sk}`,
    reason: `other writers changed it ${attempts} times in a row`,
  });
};
