import type { Account } from "../contract/account.ts";
import { isMailferryError } from "../contract/errors.ts";
import type { HeldSettings } from "../contract/settings.ts";
import type { AccessTokens } from "../ports/access-tokens.ts";
import type { CredentialVault } from "../ports/credential-vault.ts";
import type { Login, Side } from "../ports/mail-server.ts";
import type { SecretStore } from "../ports/secret-store.ts";
import { loginFor } from "./login-for.ts";

export interface LoginPorts {
  readonly vault: Pick<CredentialVault, "open">;
  readonly secrets: SecretStore;
  readonly tokens: AccessTokens;
}

/**
 * How an account's mailbox is entered on one side, with the credential that the settings ask for; null when a password of its own
 * is wanted and none is held. `refused` is a master user's password or an access token that the server would not take.
 * @throws SecretMissing, and as `AccessTokens.tokenFor`
 */
export const loginOf = async (
  app: LoginPorts,
  settings: HeldSettings,
  account: Account,
  side: Side,
  refused?: string,
): Promise<Login | null> => {
  const { auth } = settings[side];
  const { migrationId, address } = account;
  const mailbox = side === "source" ? address : account.target;
  switch (auth.kind) {
    case "password": {
      const password = await app.vault.open({ migrationId, address, side });
      return password === null ? null : loginFor(auth, mailbox, password);
    }
    case "master":
      return loginFor(auth, mailbox, await app.secrets.read(auth.password, refused));
    case "oauth2": {
      const held = auth.provider === "microsoft365" ? auth.clientSecret : auth.serviceAccount;
      const secret = await app.secrets.read(held);
      const tokenBy = (by: string) => app.tokens.tokenFor({ side, auth, secret: by, mailbox }, refused);
      const token = await tokenBy(secret).catch(async (thrown: unknown) => {
        if (!isMailferryError(thrown, "Microsoft365Refused", "GoogleRefused")) throw thrown;
        const newer = await app.secrets.read(held, secret);
        if (newer === secret) throw thrown;
        return tokenBy(newer);
      });
      return loginFor(auth, mailbox, token);
    }
  }
};
