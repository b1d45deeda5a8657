/** What a private Dovecot is started with. */
export interface DovecotOptions {
  /** Holds configuration, log and mail. Created when absent; mail that is already there is served again. */
  readonly directory: string;
  /** @default a free one, chosen at start and kept over restarts */
  readonly port?: number;
  readonly accounts: readonly DovecotAccount[];
  /** May open every account, as `user*master` or as SASL PLAIN authentication id. @default none */
  readonly masterUser?: MasterUser;
  /** The master user may also log in as `DOMAIN\master\alias`, as in Exchange; the alias is an account's local part. @default no */
  readonly exchange?: { readonly domain: string; readonly mailDomain: string };
  /** Accounts may be opened with access tokens, by SASL XOAUTH2 and OAUTHBEARER. @default no */
  readonly oauth2?: TokenCheck;
  /**
   * What CAPABILITY answers after login, in place of Dovecot's own list. It changes only what is said:
   * a client that uses an unannounced extension is still served.
   * @default Dovecot's own list
   */
  readonly capability?: readonly string[];
  /** Hierarchy separator. @default "/" */
  readonly separator?: string;
  /** Prefix of the personal namespace, such as `INBOX.`. @default "" */
  readonly namespacePrefix?: string;
  /** Folders that carry a SPECIAL-USE attribute (RFC 6154). The folders are not created. @default none */
  readonly specialUse?: readonly SpecialUseFolder[];
  /** How mail is kept on disk. @default "sdbox" */
  readonly storage?: "sdbox" | "maildir";
  /** Bytes one account may hold before APPEND is answered `NO [OVERQUOTA]`. @default unlimited */
  readonly quotaBytes?: number;
  /** Bytes one message may have before APPEND is refused. @default unlimited */
  readonly largestMessageBytes?: number;
  /** Connections one user may hold before a login is answered `NO [LIMIT]`. @default unlimited */
  readonly connectionsPerUser?: number;
  /** @default "none" */
  readonly tls?: DovecotTls;
}

/**
 * `starttls` offers the upgrade but does not insist: Dovecot holds a connection from its own address for safe
 * and takes a password in the clear there, whatever is configured.
 */
export type DovecotTls = "none" | "implicit" | "starttls";

/** One mailbox; the user is usually the full address. Dovecot compares users in lower case. */
export interface DovecotAccount {
  readonly user: string;
  readonly password: string;
}

/** How Dovecot finds out whether a token is good. */
export interface TokenCheck {
  /** Answers a GET for this address with the token at its end: 200 and a JSON object for a good one. */
  readonly tokenInfoUrl: string;
  /** The member of that object that says whom the token is for. */
  readonly attribute: string;
  /** What a good one opens. @default "its holder's" */
  readonly opens?: "its holder's" | "every account";
  /** The only mechanism that is offered for tokens. @default both */
  readonly mechanism?: "xoauth2" | "oauthbearer";
}

export interface MasterUser {
  readonly user: string;
  readonly password: string;
}

export interface SpecialUseFolder {
  readonly path: string;
  readonly use: "\\Sent" | "\\Drafts" | "\\Trash" | "\\Junk" | "\\Archive" | "\\Flagged" | "\\All";
}

/**
 * The capability list of Tencent's IMAP service, a target with neither LITERAL+ nor MULTIAPPEND.
 * Source: a captured session; XLIST, XOAUTH2 and SPECIAL-USE are left out because Dovecot would not honour them.
 */
export const thinCapability: readonly string[] = [
  "IMAP4rev1",
  "MOVE",
  "IDLE",
  "ID",
  "UIDPLUS",
  "SASL-IR",
  "NAMESPACE",
  "CHILDREN",
];
