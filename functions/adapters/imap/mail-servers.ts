import { AuthenticationFailure } from "imapflow";
import type { Login, MailServers, MailSession, ServerAddress } from "../../../shared/ports/mail-server.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { prepareConnection } from "./connection.ts";
import { enterConnection } from "./enter-connection.ts";
import { enterFailure } from "./enter-failure.ts";
import { Farewells } from "./farewells.ts";
import { imapSession } from "./session.ts";
import { BulkLines } from "./wire/bulk-lines.ts";

/** Mail servers over IMAP (imapflow 2.1.2). */
export const imapMailServers = (): MailServers => {
  const farewells = new Farewells();
  return { probe, enter: (server, login) => enter(farewells, server, login) };
};

const probe = async (server: ServerAddress): Promise<{ readonly capabilities: readonly string[] }> => {
  const { client } = prepareConnection(server, null);
  try {
    await client.connect();
  } catch (thrown) {
    // By itself imapflow has no connecting without logging in: it does everything up to the login, and says so.
    const stoppedAtLogin = thrown instanceof AuthenticationFailure && client.capabilities.size > 0;
    if (!stoppedAtLogin) throw enterFailure(server, server.host, thrown);
  } finally {
    client.close();
  }
  const capabilities = capabilitiesOf(client);
  if (capabilities.length > 0) return { capabilities };
  throw enterFailure(server, server.host, new Error("it does not tell its capabilities"));
};

const enter = async (farewells: Farewells, server: ServerAddress, login: Login): Promise<MailSession> => {
  await farewells.heard(server, login);
  const connection = await enterConnection(server, login);
  const lines = new BulkLines(server, login, capabilitiesOf(connection.client));
  return imapSession(connection, lines, () => farewells.say(connection, login));
};
