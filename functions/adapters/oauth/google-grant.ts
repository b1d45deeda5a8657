import { importPKCS8, SignJWT } from "jose";
import { MailferryError } from "../../../shared/contract/errors.ts";
import type { OAuth2 } from "../../../shared/ports/access-tokens.ts";
import { parseServiceAccount } from "./service-account.ts";
import type { GrantOf, TokenGrant } from "./token-grant.ts";

/** IMAP knows no smaller scope (developers.google.com, "IMAP, POP, and SMTP": the XOAUTH2 mechanism). */
const scope = "https://mail.google.com/";
const googleEndpoint = "https://oauth2.googleapis.com/token";

/**
 * A service account that acts for a mailbox by domain-wide delegation (RFC 7523 §2.1; developers.google.com, "Using OAuth 2.0 for
 * Server to Server Applications"): an assertion signed with its key says for which.
 */
export const googleGrant = (
  { tokenEndpoint = googleEndpoint }: Extract<OAuth2, { readonly provider: "google" }>,
  { side, secret, mailbox }: GrantOf,
): TokenGrant => {
  const account = parseServiceAccount(secret);
  const client = account?.client_email ?? "?";
  const refused: TokenGrant["refused"] = (words, options) =>
    new MailferryError("GoogleRefused", { client, mailbox, words }, options);
  return {
    holder: `${tokenEndpoint} ${client} ${mailbox}`,
    side,
    endpoint: new URL(tokenEndpoint),
    form: async (now) => {
      if (account === null) throw refused("serviceAccount is not the JSON key that Google Cloud gives out");
      const seconds = Math.floor(now / 1_000);
      const key = await importPKCS8(account.private_key, "RS256").catch(() => {
        // The cause may quote the key.
        throw refused("the private_key in serviceAccount cannot be read");
      });
      const assertion = await new SignJWT({ scope })
        .setProtectedHeader({
          alg: "RS256",
          typ: "JWT",
          ...(account.private_key_id === undefined ? {} : { kid: account.private_key_id }),
        })
        .setIssuer(account.client_email)
        .setSubject(mailbox)
        .setAudience(tokenEndpoint)
        .setIssuedAt(seconds)
        // The longest that Google allows.
        .setExpirationTime(seconds + 3_600)
        .sign(key);
      return new URLSearchParams({ grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion });
    },
    refused,
  };
};
