import { setTimeout as pause } from "node:timers/promises";
import type { Login, ServerAddress } from "../../../shared/ports/mail-server.ts";
import type { Connection } from "./connection.ts";

/** How long a server may take to say goodbye. */
const farewellMilliseconds = 2_000;

/**
 * Logouts whose answer nobody waits for: a round trip at the end of every visit. Only who enters the same mailbox again waits for it,
 * because a server that lets it have one connection would turn a second one away.
 */
export class Farewells {
  readonly #underWay = new Map<string, Promise<void>>();

  /** Says goodbye, which is on its way when this returns. */
  async say({ server, client }: Connection, login: Login): Promise<void> {
    if (!client.usable) {
      client.close();
      return;
    }
    const key = keyOf(server, login);
    const farewell = Promise.all([this.#underWay.get(key), logOut(client)]).then(() => {
      if (this.#underWay.get(key) === farewell) this.#underWay.delete(key);
    });
    this.#underWay.set(key, farewell);
    // imapflow writes the command a few microtasks later.
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }

  /** Waits until the server has heard what was said to it on leaving this mailbox. */
  async heard(server: ServerAddress, login: Login): Promise<void> {
    await this.#underWay.get(keyOf(server, login));
  }
}

/** Never rejects: the work is done, and whether the server heard the goodbye changes nothing. */
const logOut = async (client: Connection["client"]): Promise<void> => {
  const waiting = new AbortController();
  try {
    await Promise.race([client.logout(), pause(farewellMilliseconds, undefined, { signal: waiting.signal })]);
  } catch {
    // As above.
  } finally {
    waiting.abort();
    client.close();
  }
};

const keyOf = ({ host, port }: ServerAddress, { user, authorizationId = "" }: Login): string =>
  JSON.stringify([host, port, user, authorizationId]);
