import { MailferryError } from "../../../shared/contract/errors.ts";
import type { FolderPath } from "../../../shared/contract/ids.ts";
import type { Connection } from "./connection.ts";
import { busyCodes, commandFailure } from "./failure.ts";
import { isOpen } from "./imapflow-internals.ts";
import { requireConnected } from "./require-connected.ts";
import { flightsOf, sendTogether } from "./send-together.ts";

/** Subscribes to a folder. imapflow answers `false` for a refusal, for one that passes by itself, and for a lost connection. */
export const subscribe = async (connection: Connection, folder: FolderPath): Promise<void> => {
  const { client, server, mailbox } = connection;
  const { side, host } = server;
  const refusal = connection.watchRefusals();
  let code: string | null = null;
  let isSubscribed: boolean | undefined;
  try {
    isSubscribed = await client.mailboxSubscribe(folder);
  } catch (thrown) {
    throw commandFailure(server, thrown, { path: folder, mailbox });
  } finally {
    code = refusal();
  }
  if (isSubscribed === true) return;
  requireConnected(connection, "SUBSCRIBE");
  const words = `SUBSCRIBE was refused${code === null ? "" : ` with ${code}`}`;
  if (busyCodes.has(code)) throw new MailferryError("ServerBusy", { side, host, words });
  throw new MailferryError("FolderUnusable", { folder, mailbox, side, words });
};

/** Subscribes to folders in flights. A refusal is told by leaving the folder out. */
export const subscribeTogether = async (
  connection: Connection,
  folders: readonly FolderPath[],
): Promise<ReadonlySet<FolderPath>> => {
  const { client } = connection;
  const subscribed = new Set<FolderPath>();
  if (!isOpen(client)) return subscribed;
  const ask = async (folder: FolderPath): Promise<void> => {
    try {
      if ((await client.mailboxSubscribe(folder)) === true) subscribed.add(folder);
    } catch {
      // The connection shows below whether that was a refusal.
    }
  };
  const questions = folders.filter((folder) => !/\p{Cc}/u.test(folder)).map((folder) => () => ask(folder));
  for (const flight of flightsOf(questions)) await sendTogether(client, flight);
  requireConnected(connection, "SUBSCRIBE");
  return subscribed;
};
