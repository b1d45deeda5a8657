import { MailferryError } from "../../../shared/contract/errors.ts";
import type { OAuth2 } from "../../../shared/ports/access-tokens.ts";
import type { GrantOf, TokenGrant } from "./token-grant.ts";

/**
 * Client credentials of Microsoft Entra (RFC 6749 §4.4; learn.microsoft.com, "OAuth 2.0 client credentials flow" and "Authenticate
 * an IMAP, POP or SMTP connection using OAuth"): one token of the application opens every mailbox that it was given.
 */
export const microsoftGrant = (
  { tenant, clientId, tokenEndpoint, scope }: Extract<OAuth2, { readonly provider: "microsoft365" }>,
  { side, secret }: GrantOf,
): TokenGrant => {
  const endpoint = tokenEndpoint ?? `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/token`;
  return {
    holder: `${endpoint} ${clientId} ${scope}`,
    side,
    endpoint: new URL(endpoint),
    form: async () =>
      new URLSearchParams({
        grant_type: "client_credentials",
        client_id: clientId,
        client_secret: secret,
        scope,
      }),
    refused: (words, options) =>
      new MailferryError("Microsoft365Refused", { client: clientId, tenant, words }, options),
  };
};
