import { createHash, randomBytes } from "node:crypto";
import { LinkDigest } from "../../../shared/contract/member-link.ts";
import type { LinkTokens } from "../../../shared/ports/link-tokens.ts";

/** Tokens of the system's random generator. */
export const linkTokens: LinkTokens = {
  mint: () => randomBytes(32).toString("base64url"),
  digestOf: (token) => LinkDigest.parse(createHash("sha256").update(token).digest("base64url")),
};
