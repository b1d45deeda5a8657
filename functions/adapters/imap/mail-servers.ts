import { AuthenticationFailure } from "imapflow";
import { MailferryError } from "../../../shared/contract/errors.ts";
import type { Login, MailServers, MailSession, ServerAddress } from "../../../shared/ports/mail-server.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { type Connection, prepareConnection } from "./connection.ts";
import { enterFailure } from "./enter-failure.ts";
import { introduceAgain } from "./introduce-again.ts";
import { imapSession } from "./session.ts";

/** Mail servers over IMAP (imapflow 2.1.2). */
export const imapMailServers = (): MailServers => ({ probe, enter });

/** imapflow has no connecting without logging in: asked to without credentials, it does everything up to the login and says so. */
const probe = async (server: ServerAddress): Promise<{ readonly capabilities: readonly string[] }> => {
  const { client } = prepareConnection(server, null);
  try {
    await client.connect();
  } catch (thrown) {
    const stoppedAtLogin = thrown instanceof AuthenticationFailure && client.capabilities.size > 0;
    if (!stoppedAtLogin) throw enterFailure(server, server.host, thrown);
  } finally {
    client.close();
  }
  return { capabilities: capabilitiesOf(client) };
};

const enter = async (server: ServerAddress, login: Login): Promise<MailSession> => {
  const connection = prepareConnection(server, login);
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
  return imapSession(connection);
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
