import type { ServerAuth } from "../accounts/login-for.ts";
import type { Side } from "./mail-server.ts";

/** How a side's server is entered with access tokens. */
export type OAuth2 = Extract<ServerAuth, { readonly kind: "oauth2" }>;

/** Which mailbox a token is wanted for, and what it is asked for with. */
export interface TokenRequest {
  readonly side: Side;
  readonly auth: OAuth2;
  /** The client's secret, or the service account's key. */
  readonly secret: string;
  readonly mailbox: string;
}

/** Access tokens of OAuth 2.0, kept until shortly before they expire. */
export interface AccessTokens {
  /**
   * A token that outlasts one run of the worker. `refused` is one that the mail server would not take: it is not given again, because
   * rights that were granted since are only in a newer one.
   * @throws Microsoft365Refused, GoogleRefused, ServerBusy, ServerUnreachable, ServerAnswerUnusable
   */
  tokenFor(request: TokenRequest, refused?: string): Promise<string>;
}
