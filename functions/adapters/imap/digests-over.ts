import type { FolderPath, Uid, UidSet } from "../../../shared/contract/ids.ts";
import { letGo } from "../../../shared/copy/let-go.ts";
import { emptyUidSet, uidSetOf, without } from "../../../shared/copy/uid-set.ts";
import type { MailSession } from "../../../shared/ports/mail-server.ts";
import type { AppendScope } from "./append-over.ts";
import { readMessages, requireGone } from "./read-messages.ts";
import type { Readers } from "./readers.ts";
import { digestOfOctets } from "./wire/literal.ts";

type DigestsScope = Pick<AppendScope, "connection" | "selection" | "turns"> & { readonly readers: Readers };
type Digests = ReadonlyMap<Uid, string>;

/** Digests of a session's messages. A message that is asked for and does not come must really be gone. */
export const digestsOver = (scope: DigestsScope): MailSession["digests"] => {
  const { connection, selection, turns } = scope;
  return async (path, uids) => {
    const digests = await asTheyArrive(scope, path, uids);
    if (without(uids, uidSetOf([...digests.keys()])) !== emptyUidSet)
      await turns.take(() => requireGone(connection, selection, path, uids, [...digests.keys()]));
    return digests;
  };
};

const asTheyArrive = async (
  { connection, selection, readers }: DigestsScope,
  path: FolderPath,
  uids: UidSet,
): Promise<Digests> => {
  const reader = await readers.join();
  try {
    if (reader.fetcher !== null) return await reader.fetcher.digests(path, uids);
    const digests = new Map<Uid, string>();
    for await (const { uid, raw } of readMessages(connection, selection, path, uids)) {
      digests.set(uid, digestOfOctets(raw));
      letGo(raw);
    }
    return digests;
  } finally {
    await reader.leave();
  }
};
