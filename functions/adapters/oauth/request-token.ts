import { z } from "zod";
import { MailferryError } from "../../../shared/contract/errors.ts";
import type { FreshToken, TokenGrant } from "./token-grant.ts";

/** RFC 6749 §5.1; Microsoft and Google always say for how long. */
const Granted = z.object({
  access_token: z.string().min(1).max(16_384),
  expires_in: z.coerce.number().min(1).max(86_400),
});

/** RFC 6749 §5.2. */
const Refusal = z.object({ error: z.string(), error_description: z.string().optional().catch(undefined) });

/** Not an answer to the request: they pass by themselves (RFC 6749 §4.1.2.1). */
const passing = new Set(["temporarily_unavailable", "server_error", "slow_down"]);

/** Tokens have a few kilobytes. */
const answerBytesAtMost = 65_536;

/** As much of a service's words as a person reads. */
const wordsAtMost = 400;

/**
 * Asks for a token. Whoever says no is believed only when the answer is one of the protocol; a service that is silent, overloaded or
 * broken is tried again.
 * @throws what `grant.refused` makes, ServerBusy, ServerUnreachable, ServerAnswerUnusable
 */
export const requestToken = async (
  grant: TokenGrant,
  now: number,
  silenceMilliseconds: number,
): Promise<FreshToken> => {
  const body = await grant.form(now);
  const { status, retryAfter, text } = await post(grant, body, silenceMilliseconds);
  const answer = parseJson(text);
  if (status >= 500 || status === 429 || status === 408) {
    const wait = retryAfter === null ? "" : `; retry after ${retryAfter} seconds`;
    throw busy(grant, `the token service answered ${status}${wait}`);
  }
  if (status === 200) {
    const granted = Granted.safeParse(answer);
    if (!granted.success) throw unusable(grant, "it holds no access token");
    return { token: granted.data.access_token, seconds: granted.data.expires_in };
  }
  const refusal = Refusal.safeParse(answer);
  if (!refusal.success) throw unusable(grant, `status ${status} without an error of RFC 6749`);
  const { error, error_description: description } = refusal.data;
  const words = presentable(description === undefined ? error : `${error}: ${description}`, body);
  if (passing.has(error)) throw busy(grant, words);
  throw grant.refused(words);
};

const post = async (
  grant: TokenGrant,
  body: URLSearchParams,
  silenceMilliseconds: number,
): Promise<{ readonly status: number; readonly retryAfter: string | null; readonly text: string }> => {
  try {
    const response = await fetch(grant.endpoint, {
      method: "POST",
      headers: { accept: "application/json" },
      body,
      // A secret is not sent on to wherever an answer points.
      redirect: "manual",
      signal: AbortSignal.timeout(silenceMilliseconds),
    });
    const retryAfter = /^\d{1,6}$/.exec(response.headers.get("retry-after") ?? "")?.[0] ?? null;
    return { status: response.status, retryAfter, text: await readBounded(response, grant) };
  } catch (thrown) {
    throw thrown instanceof MailferryError ? thrown : networkFailure(grant, thrown);
  }
};

const readBounded = async ({ body }: Response, grant: TokenGrant): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    if (bytes > answerBytesAtMost) throw unusable(grant, `it has more than ${answerBytesAtMost} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Node's `fetch` hides the reason in the cause. */
const networkFailure = (grant: TokenGrant, thrown: unknown): MailferryError => {
  const name = thrown instanceof Error ? thrown.name : "";
  if (name === "TimeoutError" || name === "AbortError") return busy(grant, "the token service is silent");
  const cause = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  const reason = cause instanceof Error ? cause.message || cause.name : "the request failed";
  const { hostname: host, port, protocol } = grant.endpoint;
  const usual = protocol === "https:" ? 443 : 80;
  return new MailferryError("ServerUnreachable", {
    side: grant.side,
    host,
    port: port === "" ? usual : Number(port),
    reason: reason.slice(0, wordsAtMost),
  });
};

const busy = ({ side, endpoint }: TokenGrant, words: string) =>
  new MailferryError("ServerBusy", { side, host: endpoint.hostname, words });

const unusable = ({ side, endpoint }: TokenGrant, what: string) =>
  new MailferryError("ServerAnswerUnusable", {
    side,
    host: endpoint.hostname,
    what: `answer to a token request: ${what}`,
  });

/** A service that quotes what it was sent must not carry a secret into a record. */
const presentable = (words: string, sent: URLSearchParams): string => {
  const secrets = [sent.get("client_secret"), sent.get("assertion")].flatMap((secret) =>
    secret === null
      ? []
      : [secret, encodeURIComponent(secret), new URLSearchParams({ "": secret }).toString().slice(1)],
  );
  return secrets
    .reduce((text, secret) => text.replaceAll(secret, "…"), words)
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, wordsAtMost);
};
