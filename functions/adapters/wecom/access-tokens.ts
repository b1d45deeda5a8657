import { type Judged, judge } from "./judge.ts";
import type { Means, WecomAccess } from "./means.ts";
import { patiently } from "./patiently.ts";
import { TokenReply } from "./replies.ts";
import { requestWecom, unusable } from "./request.ts";

/** Renewed so long before it ends: a call that begins with a token should end with it. Milliseconds. */
const renewedBefore = 5 * 60_000;

/** A process serves a handful of companies; more tokens are not kept. */
const keptAtMost = 100;

interface Token {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly goodUntil: number;
}

/**
 * Access tokens, kept in this process's memory and nowhere else: asking for one with every call gets the company blocked
 * (developer.work.weixin.qq.com/document/path/91039). Whoever asks while one is being fetched waits for the same one.
 */
export class AccessTokens {
  readonly #means: Means;
  readonly #kept = new Map<string, Promise<Token>>();

  constructor(means: Means) {
    this.#means = means;
  }

  /** @throws WecomSecretRefused, WecomAddressRefused and what else `gettoken` may be refused with */
  async get(access: WecomAccess): Promise<string> {
    const key = keyOf(access);
    const known = this.#kept.get(key);
    const kept = await known;
    if (kept !== undefined && Date.parse(this.#means.clock.now()) < kept.goodUntil) return kept.token;
    const newer = this.#kept.get(key);
    return (await (newer === undefined || newer === known ? this.#renew(key, access) : newer)).token;
  }

  /** One that could not be fetched is not kept: whoever comes next asks anew. */
  #renew(key: string, access: WecomAccess): Promise<Token> {
    if (this.#kept.size >= keptAtMost) this.#kept.clear();
    const fetched: Promise<Token> = fetchToken(this.#means, access).catch((error: unknown) => {
      if (this.#kept.get(key) === fetched) this.#kept.delete(key);
      throw error;
    });
    this.#kept.set(key, fetched);
    return fetched;
  }

  /** This token is no good any more; if a newer one has taken its place, that one stays. */
  async forget(access: WecomAccess, token: string): Promise<void> {
    const key = keyOf(access);
    const known = this.#kept.get(key);
    if (known !== undefined && (await known).token === token && this.#kept.get(key) === known)
      this.#kept.delete(key);
  }
}

const keyOf = ({ baseUrl, corpId, secret }: WecomAccess): string => JSON.stringify([baseUrl, corpId, secret]);

const fetchToken = async (means: Means, { baseUrl, corpId, secret }: WecomAccess): Promise<Token> => {
  const call = "gettoken";
  const { verdict, reply } = await patiently(means, call, () =>
    requestWecom({ baseUrl, call, query: { corpid: corpId, corpsecret: secret } }),
  );
  const judged: Judged = {
    call,
    corpId,
    errcode: verdict.errcode,
    errmsg: verdict.errmsg.replaceAll(secret, "…"),
  };
  const judgement = judge(judged);
  if (judgement.judgement === "refused") throw judgement.error;
  const token = TokenReply.safeParse(reply);
  if (judgement.judgement !== "good" || !token.success) throw unusable(call, "it holds no token");
  const { access_token, expires_in } = token.data;
  const lives = Math.max(0, expires_in * 1_000 - renewedBefore);
  return { token: access_token, goodUntil: Date.parse(means.clock.now()) + lives };
};
