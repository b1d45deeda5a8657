import { MemberAccess, MemberLink } from "../../../shared/contract/member-link.ts";
import { keys } from "../../../shared/contract/table.ts";
import type { MemberLinkStore } from "../../../shared/ports/member-link-store.ts";
import type { StateTable } from "./state-table.ts";

/** Links by their digests, and beside them one record of each mailbox that says which link holds. */
export const dynamoMemberLinkStore = (table: StateTable): MemberLinkStore => ({
  link: (digest) => table.get(keys.memberLink(digest), MemberLink),
  createLink: (link) => table.put(keys.memberLink(link.digest), link),
  access: ({ migrationId, address }) => table.get(keys.memberAccess(migrationId, address), MemberAccess),
  replaceAccess: (previous, next) => {
    const key = keys.memberAccess(next.migrationId, next.address);
    return previous === null ? table.create(key, next) : table.replace(key, previous, next);
  },
});
