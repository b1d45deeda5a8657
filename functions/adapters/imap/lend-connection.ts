import type { Connection } from "./connection.ts";
import { silenceOf } from "./connection.ts";
import { isOpen, type OpenImapFlow } from "./imapflow-internals.ts";
import type { Selection } from "./selection.ts";
import { Fetcher } from "./wire/fetcher.ts";
import { FolderFlags } from "./wire/folder-flags.ts";
import { FolderLine } from "./wire/folder-line.ts";
import { writeName, writeUtf8Name } from "./wire/wire-name.ts";

/** A session's own connection in other hands. */
export interface Loan {
  readonly fetcher: Fetcher;
  readonly flags: FolderFlags;
  /** Gives it back to imapflow; one that cannot be used any more is ended. */
  end(): Promise<void>;
}

/**
 * Lends a session's own connection for what goes out in one flight and for reading much of a folder: imapflow takes one command after the
 * other and some 40 µs for each line. Nobody else may use it meanwhile, and no folder is selected afterwards as far as is known. Null where imapflow does not let it go.
 */
export const lendConnection = (connection: Connection, selection: Selection): Loan | null => {
  const { client, server, mailbox } = connection;
  if (!isOpen(client) || !client.usable || client.isClosed) return null;
  const streams = client.unbind();
  const isUtf8 = client.enabled.has("UTF8=ACCEPT");
  const line = new FolderLine(
    { ...streams, silenceMilliseconds: silenceOf(server) },
    {
      ...{ server, mailbox, writeName: isUtf8 ? writeUtf8Name : writeName },
      examined: (path) => selection.forget(path),
    },
  );
  return {
    fetcher: new Fetcher(line),
    flags: new FolderFlags(line),
    end: async () => {
      if (await line.release()) takeBack(client, silenceOf(server));
      else client.close();
    },
  };
};

/** The reverse of `unbind`, which imapflow does not have. */
const takeBack = (client: OpenImapFlow, silenceMilliseconds: number): void => {
  client.socket.setTimeout(silenceMilliseconds);
  client.setSocketHandlers();
  client.socket.pipe(client.streamer);
  client.usable = true;
};
