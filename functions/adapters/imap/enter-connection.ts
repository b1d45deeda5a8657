import { MailferryError } from "../../../shared/contract/errors.ts";
import type { Login, ServerAddress } from "../../../shared/ports/mail-server.ts";
import { type Connection, type ConnectionOptions, prepareConnection } from "./connection.ts";
import { enterFailure } from "./enter-failure.ts";
import { introduceAgain } from "./introduce-again.ts";

/** Connects and logs in. @throws as `MailServers.enter` */
export const enterConnection = async (
  server: ServerAddress,
  login: Login,
  options?: ConnectionOptions,
): Promise<Connection> => {
  const connection = prepareConnection(server, login, options);
  const { client } = connection;
  try {
    await client.connect();
    requireMechanism(connection, login);
    await introduceAgain(connection);
  } catch (thrown) {
    client.close();
    if (thrown instanceof MailferryError) throw thrown;
    throw enterFailure(server, login.mailbox, thrown);
  }
  return connection;
};

/**
 * Without SASL PLAIN imapflow falls back to LOGIN, which knows no authorisation id: we would be in the master's own mailbox.
 * imapflow 2.1.2 notes the mechanism that succeeded in a map its types leave out; without that note nothing is believed.
 */
const requireMechanism = ({ client, server: { side } }: Connection, login: Login): void => {
  if (login.authorizationId === undefined) return;
  const mechanisms: unknown = Reflect.get(client, "authCapabilities");
  if (mechanisms instanceof Map && mechanisms.get("AUTH=PLAIN") === true) return;
  const words = "the server does not offer AUTH=PLAIN, which the authzid style needs";
  throw new MailferryError("LoginRefused", { side, mailbox: login.mailbox, words });
};
