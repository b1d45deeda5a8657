import { z } from "zod";
import type { HeldSecret, SecretReference } from "./secret-reference.ts";

/** How a server lets us into mailboxes, over a kind of secret: `auth` of the settings' source and target. */
export const serverAuthOver = <S extends typeof SecretReference | typeof HeldSecret>(secret: S) => {
  /** Each mailbox' own password. */
  const PasswordAuth = z.strictObject({ kind: z.literal("password") });
  /** A master user for all mailboxes. */
  const MasterAuth = z.strictObject({
    kind: z.literal("master"),
    user: z.string().min(1),
    password: secret,
    style: z.enum(["authzid", "separator", "exchange"]).default("authzid"),
    /** Between mailbox and master user for `separator`: Dovecot's `user*master`. */
    separator: z.string().min(1).max(4).default("*"),
    /** The NT domain for `exchange`: `DOMAIN\admin\mailbox`. */
    domain: z.string().min(1).optional(),
  });
  /** An application of Microsoft Entra with the application permission IMAP.AccessAsApp: one token opens every mailbox. */
  const Microsoft365Auth = z.strictObject({
    kind: z.literal("oauth2"),
    provider: z.literal("microsoft365"),
    /** The tenant's id or one of its domains. */
    tenant: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,254}$/, "a tenant's id or domain"),
    clientId: z.string().min(1).max(200),
    clientSecret: secret,
    /** @default the tenant's at login.microsoftonline.com */
    tokenEndpoint: z.url({ protocol: /^https?$/ }).optional(),
    /** National clouds have resources of their own: `https://partner.outlook.cn/.default` for 世纪互联. */
    scope: z.string().min(1).max(500).default("https://outlook.office365.com/.default"),
  });
  /** A service account of Google with domain-wide delegation: a token for each mailbox. */
  const GoogleAuth = z.strictObject({
    kind: z.literal("oauth2"),
    provider: z.literal("google"),
    /** The JSON key that Google Cloud gives out. */
    serviceAccount: secret,
    /** @default Google's */
    tokenEndpoint: z.url({ protocol: /^https?$/ }).optional(),
  });
  return z
    .discriminatedUnion("kind", [
      PasswordAuth,
      MasterAuth,
      z.discriminatedUnion("provider", [Microsoft365Auth, GoogleAuth]),
    ])
    .default({ kind: "password" });
};
