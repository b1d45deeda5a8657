import type { Login } from "../../../shared/ports/mail-server.ts";
import { authenticatePlain, takesInitialResponse } from "./authenticate-plain.ts";
import type { OpenImapFlow } from "./imapflow-internals.ts";
import type { Opening } from "./opening.ts";

/**
 * Replaces what imapflow does between the greeting and its first command by the same in fewer round trips: the credentials go along with
 * AUTHENTICATE where the server takes them so, and what is asked after the login is asked in one go (`Opening`; null for a connection that
 * only carries much mail). TLS comes first, as there.
 */
export const beginQuickly = (client: OpenImapFlow, login: Login, opening: Opening | null): void => {
  const original = client.commands.get("AUTHENTICATE");
  client.commands = new Map([
    ...client.commands,
    [
      "AUTHENTICATE",
      async (_client, ...input) =>
        login.password !== undefined && takesInitialResponse(client)
          ? authenticatePlain(client, login)
          : original?.(client, ...input),
    ],
  ]);
  client.startSession = async () => {
    // Otherwise the end of what is sent waits until the server has acknowledged what came before it (RFC 896).
    client.socket.setNoDelay(true);
    await client.run("CAPABILITY");
    await client.upgradeToSTARTTLS();
    // Nothing is asked ahead of the answer: Dovecot at its limit of connections ends one with unread commands so that its words are lost.
    await client.authenticate();
    await opening?.afterLogin();
    client.usable = !client.isClosed;
  };
};

/** The same for a connection that only looks at its server: it says nothing of itself, and there is nobody to log in. */
export const lookOnly = (client: OpenImapFlow): void => {
  client.startSession = async () => {
    await client.run("CAPABILITY");
    await client.upgradeToSTARTTLS();
  };
};
