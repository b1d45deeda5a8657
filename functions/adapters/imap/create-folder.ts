import { MailferryError } from "../../../shared/contract/errors.ts";
import { FolderPath } from "../../../shared/contract/ids.ts";
import type { Connection } from "./connection.ts";
import { commandFailure, readFailure } from "./failure.ts";
import { folderStatus } from "./folder-status.ts";
import { listFolders } from "./list-folders.ts";

/**
 * Makes a folder with its parents and returns the path under which the server lists it. A server may keep another name than it
 * was given (normalised, shortened): then the one folder that is listed now and was not before is it.
 *
 * imapflow subscribes to what it creates; that is undone, because subscriptions are moved as they are.
 * @throws FolderUnusable
 */
export const createFolder = async (
  connection: Connection,
  segments: readonly string[],
): Promise<FolderPath> => {
  const { client, server, mailbox } = connection;
  const wanted = segments.join(client.namespace?.delimiter ?? "/");
  if (wanted.toUpperCase() === "INBOX") return FolderPath.parse("INBOX");
  const before = new Set((await listFolders(connection)).map(({ path }) => path));
  const { path, created } = await create(connection, segments);
  if (created) await client.mailboxUnsubscribe(path);
  const asked = FolderPath.parse(path);
  if ((await folderStatus(connection, asked)) !== null) return asked;
  const made = (await listFolders(connection)).filter(
    (folder) => folder.selectable && !before.has(folder.path),
  );
  const [only, ...others] = made;
  if (only !== undefined && others.length === 0) return only.path;
  const words = "the server created it and does not show it";
  throw new MailferryError("FolderUnusable", { folder: wanted, mailbox, side: server.side, words });
};

/** Servers make the parents themselves (RFC 3501 §6.3.3 says they should); for one that does not, they are made first. */
const create = async (
  connection: Connection,
  segments: readonly string[],
): Promise<{ readonly path: string; readonly created: boolean }> => {
  const { client, server, mailbox } = connection;
  try {
    return await client.mailboxCreate([...segments]);
  } catch (thrown) {
    const wanted = segments.join(client.namespace?.delimiter ?? "/");
    if (readFailure(thrown).responseStatus !== "NO" || segments.length === 1) {
      throw commandFailure(server, thrown, { path: wanted, mailbox });
    }
    await createParent(connection, segments.slice(0, -1));
    try {
      return await client.mailboxCreate([...segments]);
    } catch (again) {
      throw commandFailure(server, again, { path: wanted, mailbox });
    }
  }
};

/** A parent that cannot be made may be there; the folder itself shows it. */
const createParent = async (connection: Connection, segments: readonly string[]): Promise<void> => {
  try {
    await create(connection, segments);
  } catch (thrown) {
    if (!(thrown instanceof MailferryError && thrown.name === "FolderUnusable")) throw thrown;
  }
};
