import type { LinkDigest } from "../contract/member-link.ts";

/** Where the secrets in links come from. */
export interface LinkTokens {
  /** 256 bits nobody can guess, base64url without padding: 43 characters. */
  mint(): string;
  /** SHA-256 over the token's characters. A token of 256 random bits needs no salt and no slow hash. */
  digestOf(token: string): LinkDigest;
}
