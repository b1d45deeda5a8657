import type { ImapFlow, ListOptions, ListResponse } from "imapflow";
import { FolderPath } from "../../../shared/contract/ids.ts";
import type { ListedFolder, SurveyedFolder } from "../../../shared/ports/mail-server.ts";
import { askSubscriptions } from "./ask-subscriptions.ts";
import type { Connection } from "./connection.ts";
import { commandFailure } from "./failure.ts";
import { statusItems, statusOf } from "./folder-status.ts";
import { isOpen } from "./imapflow-internals.ts";
import type { Selection } from "./selection.ts";
import { sendTogether } from "./send-together.ts";

/**
 * Every folder of the personal namespace. imapflow guesses special uses by name as well; only what the server itself says
 * counts here (RFC 6154 or XLIST), in whatever case it says it (Cyrus writes `\sent`).
 */
export const listFolders = async ({ client, server }: Connection): Promise<readonly ListedFolder[]> => {
  try {
    const prefix = client.namespace?.prefix ?? "";
    return (await list(client)).map((folder) => listed(folder, prefix));
  } catch (thrown) {
    throw commandFailure(server, thrown);
  }
};

/**
 * The same with every folder's STATUS in one command (LIST-STATUS, RFC 5819). Without the extension imapflow would ask folder by
 * folder and answer refusals with silence, so there none is told (`askStatuses`). Neither is that of the folder that is open, which may
 * be out of date (`currentStatus`).
 */
export const surveyFolders = async (
  connection: Connection,
  selection: Selection,
): Promise<readonly SurveyedFolder[]> => {
  const { client, server } = connection;
  if (!tellsStatuses(connection)) {
    return (await listFolders(connection)).map((folder) => ({ ...folder, status: null }));
  }
  try {
    const prefix = client.namespace?.prefix ?? "";
    return (await list(client, { statusQuery: statusItems })).map((folder) => ({
      ...listed(folder, prefix),
      status: selection.isOpen(FolderPath.parse(folder.path)) ? null : statusOf(folder.status),
    }));
  } catch (thrown) {
    throw commandFailure(server, thrown);
  }
};

/**
 * imapflow asks for the subscriptions behind the list, unless that told of one, which costs every new mailbox a round trip and every one
 * on a server without LIST-EXTENDED. They go along with it.
 */
const list = async (client: ImapFlow, options: ListOptions = {}): Promise<readonly ListResponse[]> => {
  if (!isOpen(client)) return client.list(options);
  client.skipLsub = true;
  let subscriptions: ReturnType<typeof askSubscriptions> = Promise.resolve(null);
  let folders: Promise<readonly ListResponse[]> = Promise.resolve([]);
  await sendTogether(client, [
    () => {
      subscriptions = askSubscriptions(client);
      return subscriptions;
    },
    () => {
      folders = client.list(options);
      return folders;
    },
  ]);
  const names = await subscriptions;
  // Without an answer imapflow takes all folders for subscribed, so that none vanishes from anybody's sight.
  if (names === null) return folders;
  return (await folders).map((folder) => ({
    ...folder,
    subscribed: isInbox(folder) || names.has(folder.pathAsListed),
  }));
};

/** Every client shows it. */
const isInbox = ({ path }: ListResponse): boolean => path.toUpperCase() === "INBOX";

/** Whether a list tells the STATUS of its folders. */
export const tellsStatuses = ({ client }: Connection): boolean => client.capabilities.has("LIST-STATUS");

const listed = (folder: ListResponse, prefix: string): ListedFolder => {
  const { path, delimiter, flags, subscribed } = folder;
  const attributes = new Set([...flags].map((flag) => flag.toLowerCase()));
  const relative =
    path.toUpperCase() !== "INBOX" && path.startsWith(prefix) ? path.slice(prefix.length) : path;
  const separator = delimiter ?? "";
  return {
    path: FolderPath.parse(path),
    segments: separator === "" ? [relative] : relative.split(separator),
    separator,
    selectable: !attributes.has("\\noselect") && !attributes.has("\\nonexistent"),
    specialUse: [...attributes].flatMap((attribute) => specialUses.get(attribute) ?? [])[0] ?? null,
    // imapflow leaves it out where it is not.
    subscribed: subscribed === true,
  };
};

const specialUses: ReadonlyMap<string, string> = new Map([
  ["\\sent", "\\Sent"],
  ["\\drafts", "\\Drafts"],
  ["\\trash", "\\Trash"],
  ["\\junk", "\\Junk"],
  ["\\archive", "\\Archive"],
  ["\\flagged", "\\Flagged"],
  ["\\all", "\\All"],
  // RFC 8457; Gmail had it long before.
  ["\\important", "\\Important"],
  // XLIST, where RFC 6154 chose other words.
  ["\\spam", "\\Junk"],
  ["\\starred", "\\Flagged"],
  ["\\allmail", "\\All"],
]);
