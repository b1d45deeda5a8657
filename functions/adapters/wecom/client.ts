import type { z } from "zod";
import { AccessTokens } from "./access-tokens.ts";
import { judge } from "./judge.ts";
import type { Means, WecomAccess } from "./means.ts";
import { type Pace, paced } from "./pace.ts";
import { patiently } from "./patiently.ts";
import { requestWecom, unusable, type WecomReply, type WecomRequest } from "./request.ts";

/** What a caller says of a call; token, address and patience are the client's. */
export interface WecomCall<Schema extends z.ZodType> extends Pick<WecomRequest, "call" | "body"> {
  readonly query?: Readonly<Record<string, string>>;
  readonly reply: Schema;
}

/**
 * WeCom's server API (developer.work.weixin.qq.com/document/path/90664). One client for one process: it keeps the tokens and
 * the pace. Every reply is judged by its `errcode` and parsed before anybody sees it.
 */
export class WecomClient {
  readonly #means: Means;
  readonly #tokens: AccessTokens;
  readonly #pace: Pace;

  constructor(means: Means, pace: Pace = paced(means)) {
    this.#means = means;
    this.#tokens = new AccessTokens(means);
    this.#pace = pace;
  }

  /**
   * A token may die before its time, by WeCom's own decision, so a call that fails of it is made once more with a new one.
   * @throws WecomBusy, WecomUnreachable, WecomSecretRefused, WecomAddressRefused, WecomRightMissing, WecomRefused,
   * WecomAnswerUnusable
   */
  async call<Schema extends z.ZodType>(
    access: WecomAccess,
    wanted: WecomCall<Schema>,
  ): Promise<z.infer<Schema>> {
    const first = await this.#tokens.get(access);
    const answer = await this.#ask(access, wanted, first);
    if (answer.judgement.judgement === "tokenDied") {
      await this.#tokens.forget(access, first);
      const second = await this.#ask(access, wanted, await this.#tokens.get(access));
      return accepted(wanted, second);
    }
    return accepted(wanted, answer);
  }

  async #ask<Schema extends z.ZodType>(access: WecomAccess, wanted: WecomCall<Schema>, token: string) {
    const { call, body } = wanted;
    const { baseUrl, corpId } = access;
    const query = { ...wanted.query, access_token: token };
    const request: WecomRequest = { baseUrl, call, query, ...(body === undefined ? {} : { body }) };
    const { verdict, reply } = await patiently(this.#means, call, () =>
      this.#pace<WecomReply>(() => requestWecom(request)),
    );
    const errmsg = verdict.errmsg.replaceAll(token, "…").replaceAll(access.secret, "…");
    return { reply, judgement: judge({ call, corpId, errcode: verdict.errcode, errmsg }) };
  }
}

type Answer = { readonly reply: unknown; readonly judgement: ReturnType<typeof judge> };

const accepted = <Schema extends z.ZodType>(
  { call, reply: schema }: WecomCall<Schema>,
  { judgement, reply }: Answer,
): z.infer<Schema> => {
  if (judgement.judgement === "refused") throw judgement.error;
  if (judgement.judgement === "tokenDied") throw unusable(call, "a token fetched just now is refused");
  const parsed = schema.safeParse(reply);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unusable(call, `${issue?.path.join(".") ?? "?"}: ${issue?.code ?? "?"}`);
};
