import { loginFor } from "../accounts/login-for.ts";
import { isMailferryError } from "../contract/errors.ts";
import type { MailAddress } from "../contract/ids.ts";
import type { SourceServer } from "../contract/settings.ts";
import { type StoredError, toStoredError } from "../contract/stored-error.ts";
import { serverAddress } from "../domain/server-address.ts";
import type { Login, MailSession, ServerAddress } from "../ports/mail-server.ts";

/** As much of a mail server as it takes to see whether it lets somebody in. */
export interface LoginServers {
  /** @throws as `MailServers.enter` */
  enter(server: ServerAddress, login: Login): Promise<Pick<MailSession, "leave">>;
}

/** `unknown` says nothing about the password: the server could not be asked. */
export type Trial =
  | { readonly trial: "right" }
  | { readonly trial: "wrong"; readonly error: StoredError }
  | { readonly trial: "unknown"; readonly error: StoredError };

/** A connection that is lost in the middle is made once more; a server that asks to wait is not asked again at once. */
const attempts = 2;

/**
 * Tries a password where it is meant to work, by logging in and out again. What the server says of it is kept without the
 * password, should it repeat it.
 */
export const tryPassword = async (
  { mailServers }: { readonly mailServers: LoginServers },
  source: SourceServer,
  address: MailAddress,
  password: string,
): Promise<Trial> => {
  const login = loginFor({ kind: "password" }, address, password);
  for (let attempt = 1; ; attempt += 1) {
    try {
      const session = await mailServers.enter(serverAddress("source", source), login);
      await session.leave();
      return { trial: "right" };
    } catch (thrown) {
      if (!isMailferryError(thrown)) throw thrown;
      if (attempt < attempts && isMailferryError(thrown, "ConnectionLost", "ServerUnreachable")) continue;
      const error = withoutPassword(toStoredError(thrown), password);
      return isMailferryError(thrown, "LoginRefused")
        ? { trial: "wrong", error }
        : { trial: "unknown", error };
    }
  }
};

/** Some servers repeat what they refuse. */
const withoutPassword = ({ name, evidence }: StoredError, password: string): StoredError => ({
  name,
  evidence: Object.fromEntries(
    Object.entries(evidence).map(([key, value]) => [
      key,
      typeof value === "string" ? value.replaceAll(password, "•••") : value,
    ]),
  ),
});
