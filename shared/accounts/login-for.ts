import type { MailAddress } from "../contract/ids.ts";
import type { SourceServer } from "../contract/settings.ts";
import type { Login } from "../ports/mail-server.ts";

/** How a server lets us into mailboxes: one password each, one master user for all, or access tokens. */
export type ServerAuth = SourceServer["auth"];

/**
 * Forms the login of one mailbox. `secret` is the mailbox' own password, the master user's, or an access token. Styles of a master user:
 * `authzid` (RFC 4616: log in as the master, act as the mailbox), `separator` (Dovecot: `mailbox*master`), `exchange`
 * (Exchange: `DOMAIN\admin\alias`, the alias being the address' local part).
 */
export const loginFor = (auth: ServerAuth, mailbox: MailAddress, secret: string): Login => {
  if (auth.kind === "password") return { mailbox, user: mailbox, password: secret };
  if (auth.kind === "oauth2") return { mailbox, user: mailbox, accessToken: secret };
  switch (auth.style) {
    case "authzid":
      return { mailbox, user: auth.user, password: secret, authorizationId: mailbox };
    case "separator":
      return { mailbox, user: `${mailbox}${auth.separator}${auth.user}`, password: secret };
    case "exchange": {
      const alias = mailbox.slice(0, mailbox.lastIndexOf("@"));
      const user = [auth.domain, auth.user, alias].filter((part) => part !== undefined).join("\\");
      return { mailbox, user, password: secret };
    }
  }
};
