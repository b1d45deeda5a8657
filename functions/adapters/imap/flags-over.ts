import { isMailferryError } from "../../../shared/contract/errors.ts";
import type { FolderPath } from "../../../shared/contract/ids.ts";
import { quietly } from "../../../shared/copy/quietly.ts";
import type { MailSession } from "../../../shared/ports/mail-server.ts";
import type { AppendScope } from "./append-over.ts";
import type { Readers } from "./readers.ts";
import { alikeIn, everyFlag, readPermanentFlags, setFlags } from "./set-flags.ts";
import type { Alike } from "./wire/folder-flags.ts";

type FlagsScope = Pick<AppendScope, "connection" | "selection" | "turns"> & { readonly readers: Readers };

/** PERMANENTFLAGS of a session's folders, each asked for once. */
export const permanentFlagsOver = ({
  selection,
  turns,
  readers,
}: FlagsScope): MailSession["permanentFlags"] => {
  const asked = new Map<FolderPath, Promise<readonly string[]>>();
  const ask = async (path: FolderPath): Promise<readonly string[]> => {
    const reader = await readers.join();
    try {
      if (reader.flags !== null) return (await reader.flags.permanent(path)) ?? everyFlag;
    } finally {
      await reader.leave();
    }
    return turns.take(() => readPermanentFlags(selection, path));
  };
  return (path) => {
    const flags = asked.get(path) ?? quietly(ask(path));
    asked.set(path, flags);
    // Of a failure nothing is remembered.
    flags.catch(() => asked.delete(path));
    return flags;
  };
};

/** Sets flags of a session's messages: all of a folder in one flight, and where something of it is refused one by one, which names the reason. */
export const setFlagsOver =
  ({ connection, selection, turns, readers }: FlagsScope): MailSession["setFlags"] =>
  async (path, changes) => {
    const alike = alikeIn(changes);
    if (alike.length === 0 || (await setTogether(readers, path, alike))) return;
    await turns.take(() => setFlags(connection, selection, path, alike));
  };

/** False where something was refused, or nobody could be asked. */
const setTogether = async (readers: Readers, path: FolderPath, alike: readonly Alike[]): Promise<boolean> => {
  const reader = await readers.join();
  try {
    await reader.flags?.set(path, alike);
    return reader.flags !== null;
  } catch (thrown) {
    if (isMailferryError(thrown, "FolderUnusable")) return false;
    throw thrown;
  } finally {
    await reader.leave();
  }
};
