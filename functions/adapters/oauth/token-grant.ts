import type { MailferryError } from "../../../shared/contract/errors.ts";
import type { TokenRequest } from "../../../shared/ports/access-tokens.ts";

/** A token and for how many seconds it was given. */
export interface FreshToken {
  readonly token: string;
  readonly seconds: number;
}

/** How one kind of service is asked for a token. */
export interface TokenGrant {
  /** Whom the token is for; who asks for the same with the same secret is given the same one. Holds no secret. */
  readonly holder: string;
  readonly side: TokenRequest["side"];
  readonly endpoint: URL;
  /** The form of the request; `now` in milliseconds. */
  form(now: number): Promise<URLSearchParams>;
  /** The service says no, in these words. */
  refused(words: string, options?: ErrorOptions): MailferryError;
}

/** For whom, besides the settings. */
export type GrantOf = Omit<TokenRequest, "auth">;
