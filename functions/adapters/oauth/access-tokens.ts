import { createHash } from "node:crypto";
import { isMailferryError, type MailferryError } from "../../../shared/contract/errors.ts";
import type { AccessTokens, TokenRequest } from "../../../shared/ports/access-tokens.ts";
import type { Clock } from "../../../shared/ports/clock.ts";
import { googleGrant } from "./google-grant.ts";
import { microsoftGrant } from "./microsoft-grant.ts";
import { requestToken } from "./request-token.ts";
import type { FreshToken, TokenGrant } from "./token-grant.ts";

/** Longer than a worker runs (five minutes), because it opens further connections to the end; and the clocks may differ. */
const spareSeconds = 600;

/** A refused token this young already knows the rights there are: asking for another would only be refused again. */
const youngSeconds = 300;

/**
 * A refusal is believed this long before the same secret is tried again: with thousands of mailboxes, one request for each would look
 * like an attack and may have the application locked. Short, because consent that was given meanwhile is to count.
 */
const refusedSeconds = 60;

/** Google has one for each mailbox; a worker sees few of them in its life. */
const keptAtMost = 1_000;

/** A token service that is silent this long is not there. */
const usualSilenceMilliseconds = 10_000;

interface KeptToken {
  readonly token: FreshToken["token"];
  readonly fetchedAt: number;
  readonly until: number;
}

interface KeptRefusal {
  readonly error: MailferryError;
  readonly until: number;
}

/**
 * Access tokens over HTTP, kept in memory: one for each application, or for each mailbox where the service gives them so. A refusal
 * is kept for a minute.
 */
export const httpAccessTokens = (
  clock: Clock,
  { silenceMilliseconds = usualSilenceMilliseconds }: { readonly silenceMilliseconds?: number } = {},
): AccessTokens => {
  const kept = new Map<string, KeptToken>();
  const refusals = new Map<string, KeptRefusal>();
  const underWay = new Map<string, Promise<KeptToken>>();

  const fetchToken = async (grant: TokenGrant, key: string, now: number): Promise<KeptToken> => {
    const { token, seconds } = await requestToken(grant, now, silenceMilliseconds).catch(
      (thrown: unknown) => {
        if (isMailferryError(thrown, "Microsoft365Refused", "GoogleRefused")) {
          if (refusals.size >= keptAtMost) refusals.clear();
          refusals.set(key, { error: thrown, until: now + refusedSeconds * 1_000 });
        }
        throw thrown;
      },
    );
    const usable = Math.max(seconds - spareSeconds, seconds / 2);
    const fetched = { token, fetchedAt: now, until: now + usable * 1_000 };
    if (kept.size >= keptAtMost) kept.clear();
    kept.set(key, fetched);
    return fetched;
  };

  return {
    tokenFor: async (request, refused) => {
      const grant = grantFor(request);
      const key = keyOf(grant, request);
      const now = Date.parse(clock.now());
      const found = kept.get(key);
      if (found !== undefined && now < found.until) {
        const isNewer = found.token !== refused;
        if (isNewer || now - found.fetchedAt < youngSeconds * 1_000) return found.token;
      }
      const refusal = refusals.get(key);
      if (refusal !== undefined && now < refusal.until) throw refusal.error;
      // Source and target may ask for the same one at once.
      const fetching = underWay.get(key) ?? fetchToken(grant, key, now);
      underWay.set(key, fetching);
      try {
        return (await fetching).token;
      } finally {
        underWay.delete(key);
      }
    },
  };
};

/**
 * What a token is kept under: whom it is for, and by which secret it was obtained. Another migration's settings may name the same
 * application, which is public, without knowing its secret; and a secret that was replaced has to prove itself.
 */
const keyOf = ({ holder }: TokenGrant, { secret }: TokenRequest): string =>
  `${holder} ${createHash("sha256").update(secret).digest("base64")}`;

const grantFor = (request: TokenRequest): TokenGrant => {
  const { auth, ...of } = request;
  return auth.provider === "microsoft365" ? microsoftGrant(auth, of) : googleGrant(auth, of);
};
