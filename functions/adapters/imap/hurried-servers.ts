import { MailferryError } from "../../../shared/contract/errors.ts";
import type { LoginServers } from "../../../shared/credentials/try-password.ts";
import type { ServerAddress } from "../../../shared/ports/mail-server.ts";

/** Ends after so many milliseconds, at once when the signal says so. */
export type Pause = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/**
 * Mail servers for somebody who waits for the answer in a browser: a login that takes longer is ServerUnreachable, which says nothing
 * about the password. A connection that comes about later all the same is ended as soon as it does.
 */
export const hurriedServers = (servers: LoginServers, milliseconds: number, pause: Pause): LoginServers => ({
  enter: async (server, login) => {
    const waiting = new AbortController();
    const entering = servers.enter({ ...server, silenceMilliseconds: milliseconds }, login);
    try {
      return await Promise.race([
        entering,
        tooLate(server, milliseconds, pause(milliseconds, waiting.signal)),
      ]);
    } catch (thrown) {
      // Whether it is this very failure or a session that nobody waits for any more.
      entering.then(
        (session) => session.leave(),
        () => undefined,
      );
      throw thrown;
    } finally {
      waiting.abort();
    }
  },
});

const tooLate = async (
  { side, host, port }: ServerAddress,
  milliseconds: number,
  pause: Promise<void>,
): Promise<never> => {
  await pause;
  const reason = `no answer to the login within ${milliseconds / 1_000} s`;
  throw new MailferryError("ServerUnreachable", { side, host, port, reason });
};
