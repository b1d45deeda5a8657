import { isMailferryError } from "../../../shared/contract/errors.ts";
import type { FolderPath, UidSet } from "../../../shared/contract/ids.ts";
import { countUids } from "../../../shared/copy/uid-set.ts";
import type { MailSession } from "../../../shared/ports/mail-server.ts";
import type { AppendScope } from "./append-over.ts";
import { readUids } from "./read-uids.ts";
import type { Readers } from "./readers.ts";

type UidsScope = Pick<AppendScope, "connection" | "selection" | "turns"> & { readonly readers: Readers };

/** Which messages a folder holds: asked along with its opening, and once more by itself where the answer cannot be all of them. */
export const uidsOver = (scope: UidsScope): MailSession["uids"] => {
  const { connection, selection, turns } = scope;
  return async (path) =>
    (await askedAlong(scope, path)) ?? turns.take(() => readUids(connection, selection, path));
};

/** Null where the answer does not come to as many messages as the folder had when it was opened, or is a refusal. */
const askedAlong = async ({ connection, readers }: UidsScope, path: FolderPath): Promise<UidSet | null> => {
  const reader = await readers.join();
  try {
    const found = await reader.fetcher?.uids(path, connection.client.capabilities.has("ESEARCH"));
    const uids = found?.uids ?? null;
    return uids !== null && countUids(uids) === found?.exist ? uids : null;
  } catch (thrown) {
    if (isMailferryError(thrown, "FolderUnusable")) return null;
    throw thrown;
  } finally {
    await reader.leave();
  }
};
