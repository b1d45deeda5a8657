import { isMailferryError, MailferryError } from "../../../shared/contract/errors.ts";
import type { Login, ServerAddress } from "../../../shared/ports/mail-server.ts";
import { type Connection, type ConnectionOptions, prepareConnection } from "./connection.ts";
import { enterFailure } from "./enter-failure.ts";
import { introduceAgain } from "./introduce-again.ts";
import { withoutSecrets } from "./without-secrets.ts";

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
    throw withoutSecrets(refusalOf(login, connection, enterFailure(server, login.mailbox, thrown)), login);
  }
  return connection;
};

/** A token or a master user that is refused is no wrong password of the mailbox, and there is something else to do about it. */
const refusalOf = (login: Login, at: Connection, failure: MailferryError): MailferryError => {
  const { accessToken, mailbox } = login;
  const cause = { cause: failure.cause };
  if (isMailferryError(failure, "LoginRefused")) {
    if (accessToken !== undefined) return new MailferryError("TokenRefused", { ...failure.evidence }, cause);
    return isOfMaster(login) ? new MailferryError("MasterRefused", { ...failure.evidence }, cause) : failure;
  }
  if (accessToken === undefined) return failure;
  const { capabilities } = at.client;
  if (capabilities.size === 0 || tokenMechanisms.some((name) => capabilities.has(name))) return failure;
  const words = "it offers neither AUTH=OAUTHBEARER nor AUTH=XOAUTH2";
  return new MailferryError("TokenRefused", { side: at.server.side, mailbox, words }, cause);
};

const isOfMaster = ({ user, mailbox, authorizationId }: Login): boolean =>
  authorizationId !== undefined || user !== mailbox;

/** The ones that imapflow 2.1.2 knows. */
const tokenMechanisms = ["AUTH=OAUTHBEARER", "AUTH=XOAUTH2", "AUTH=XOAUTH"];

/**
 * Without SASL PLAIN imapflow falls back to LOGIN, which knows no authorisation id: we would be in the master's own mailbox.
 * imapflow 2.1.2 notes the mechanism that succeeded in a map its types leave out; without that note nothing is believed.
 */
const requireMechanism = ({ client, server: { side } }: Connection, login: Login): void => {
  if (login.authorizationId === undefined) return;
  const mechanisms: unknown = Reflect.get(client, "authCapabilities");
  if (mechanisms instanceof Map && mechanisms.get("AUTH=PLAIN") === true) return;
  const words = "the server does not offer AUTH=PLAIN, which the authzid style needs";
  throw new MailferryError("MasterRefused", { side, mailbox: login.mailbox, words });
};
