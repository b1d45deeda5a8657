import type { Login, ServerAddress } from "../../../../shared/ports/mail-server.ts";
import { silenceOf } from "../connection.ts";
import { enterConnection } from "../enter-connection.ts";
import type { LooseSocket } from "./wire.ts";

/**
 * Opens one more connection to a mailbox. imapflow does what it is good at, up to and including the login, and hands the socket
 * over; nothing is enabled on it, so folder names are modified UTF-7. @throws as `MailServers.enter`
 */
export const openWire = async (server: ServerAddress, login: Login): Promise<LooseSocket> => {
  const { client } = await enterConnection(server, login, { use: "much mail" });
  return { ...client.unbind(), silenceMilliseconds: silenceOf(server) };
};
