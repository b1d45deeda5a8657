import { MailferryError } from "../../../shared/contract/errors.ts";
import type { FolderPath, Uid } from "../../../shared/contract/ids.ts";
import { piecesOf, uidSetOf } from "../../../shared/copy/uid-set.ts";
import type { Connection } from "./connection.ts";
import { commandFailure } from "./failure.ts";
import type { Selection } from "./selection.ts";
import type { Alike } from "./wire/folder-flags.ts";

/** RFC 3501 §7.1: a folder that names no PERMANENTFLAGS keeps all of them. */
export const everyFlag: readonly string[] = [
  "\\Answered",
  "\\Flagged",
  "\\Deleted",
  "\\Seen",
  "\\Draft",
  "\\*",
];

/** Asked by SELECT: a folder that is only examined keeps nothing and says so. */
export const readPermanentFlags = async (
  selection: Selection,
  path: FolderPath,
): Promise<readonly string[]> => {
  const { permanentFlags } = await selection.toWrite(path);
  return permanentFlags === undefined ? everyFlag : [...permanentFlags];
};

/** Messages of the same flags together, so that one STORE serves them. */
export const alikeIn = (
  changes: readonly { readonly uid: Uid; readonly flags: readonly string[] }[],
): readonly Alike[] => {
  const alike = Map.groupBy(changes, ({ flags }) => flags.toSorted().join(" "));
  return [...alike.values()].flatMap((some) => {
    const flags = some[0]?.flags ?? [];
    return piecesOf(uidSetOf(some.map(({ uid }) => uid))).map((uids) => ({ uids, flags }));
  });
};

/** Sets flags, one STORE after the other. Messages that are gone are passed over by the server (RFC 3501 §6.4.8). */
export const setFlags = async (
  connection: Connection,
  selection: Selection,
  path: FolderPath,
  changes: readonly Alike[],
): Promise<void> => {
  await selection.toWrite(path);
  for (const { uids, flags } of changes) await store(connection, path, uids, flags);
};

const store = async (
  connection: Connection,
  path: FolderPath,
  uids: string,
  flags: readonly string[],
): Promise<void> => {
  const { client, server, mailbox } = connection;
  const { side, host } = server;
  const refusal = connection.watchRefusals();
  let isStored: boolean;
  try {
    isStored = await client.messageFlagsSet(uids, [...flags], { uid: true, silent: true });
  } catch (thrown) {
    throw commandFailure(server, thrown, { path, mailbox });
  }
  const code = refusal();
  if (isStored) return;
  if (!client.usable || client.isClosed) {
    throw new MailferryError("ConnectionLost", { side, host, reason: "the connection ended during STORE" });
  }
  if (code === "EXPUNGEISSUED") return;
  throw new MailferryError("ServerAnswerUnusable", {
    side,
    host,
    what: `STORE was refused (${code ?? "no code"})`,
  });
};
