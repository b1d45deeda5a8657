import { MailferryError } from "../../../shared/contract/errors.ts";
import type { FolderPath } from "../../../shared/contract/ids.ts";
import type { Connection } from "./connection.ts";
import { commandFailure } from "./failure.ts";

/** Subscribes to a folder. imapflow answers `false` for a refusal and for a lost connection. */
export const subscribe = async (
  { client, server, mailbox }: Connection,
  folder: FolderPath,
): Promise<void> => {
  const { side, host } = server;
  let isSubscribed: boolean | undefined;
  try {
    isSubscribed = await client.mailboxSubscribe(folder);
  } catch (thrown) {
    throw commandFailure(server, thrown, { path: folder, mailbox });
  }
  if (isSubscribed === true) return;
  if (!client.usable || client.isClosed) {
    throw new MailferryError("ConnectionLost", {
      side,
      host,
      reason: "the connection ended during SUBSCRIBE",
    });
  }
  const words = "SUBSCRIBE was refused";
  throw new MailferryError("FolderUnusable", { folder, mailbox, side, words });
};
