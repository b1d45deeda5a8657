import { MailferryError } from "../../../shared/contract/errors.ts";
import type { Connection } from "./connection.ts";

/** Tells a refusal from a connection that ended, for where imapflow answers to both alike. @throws ConnectionLost */
export const requireConnected = (
  { client, server: { side, host } }: Pick<Connection, "client" | "server">,
  command: string,
): void => {
  if (client.usable && !client.isClosed) return;
  const reason = `the connection ended during ${command}`;
  throw new MailferryError("ConnectionLost", { side, host, reason });
};
