import { MailferryError } from "../../../shared/contract/errors.ts";
import { parseReply } from "./parse-reply.ts";
import { Verdict } from "./replies.ts";

/** One call of WeCom's API. The query carries secrets and tokens, so an address is never part of anything that is said. */
export interface WecomRequest {
  readonly baseUrl: string;
  /** The path below `/cgi-bin/`, which is also how errors name the call. */
  readonly call: string;
  readonly query: Readonly<Record<string, string>>;
  /** Sent as JSON by POST. @default a GET without a body */
  readonly body?: object;
}

/** What came back: WeCom's verdict on the call and the whole reply. */
export interface WecomReply {
  readonly verdict: Verdict;
  readonly reply: unknown;
}

/** How long one call may take in all. */
const patienceMilliseconds = 30_000;

/** The largest answers are a department's 30,000 members with all their fields, some 1 kB each. Bytes. */
const replyBytesAtMost = 64 * 1_024 * 1_024;

/** @throws WecomUnreachable, WecomBusy (HTTP 429 and 5xx), WecomAnswerUnusable */
export const requestWecom = async (request: WecomRequest): Promise<WecomReply> => {
  const { call } = request;
  const response = await fetchFrom(request);
  if (response.status === 429 || response.status >= 500) {
    await response.body?.cancel();
    throw new MailferryError("WecomBusy", { call, code: `HTTP ${response.status}` });
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw unusable(call, `HTTP ${response.status}`);
  }
  const reply = parsed(call, await readBounded(request, response));
  const verdict = Verdict.safeParse(reply);
  if (!verdict.success) throw unusable(call, "it has no errcode");
  return { verdict: verdict.data, reply };
};

const fetchFrom = async (request: WecomRequest): Promise<Response> => {
  const url = new URL(`cgi-bin/${request.call}`, `${request.baseUrl.replace(/\/+$/, "")}/`);
  for (const [name, value] of Object.entries(request.query)) url.searchParams.set(name, value);
  const post =
    request.body === undefined
      ? {}
      : {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(request.body),
        };
  try {
    return await fetch(url, {
      ...post,
      // The answer to a redirect would carry the token to whomever it names.
      redirect: "error",
      signal: AbortSignal.timeout(patienceMilliseconds),
    });
  } catch (error) {
    throw unreachable(request, error);
  }
};

const readBounded = async (request: WecomRequest, { body }: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body ?? []) {
      length += chunk.byteLength;
      if (length > replyBytesAtMost) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw unreachable(request, error);
  }
  if (length > replyBytesAtMost) throw unusable(request.call, "it is longer than 64 MiB");
  return Buffer.concat(chunks).toString("utf8");
};

const parsed = (call: string, text: string): unknown => {
  try {
    return parseReply(text);
  } catch {
    // Without its cause: the parser's words quote the text, and the text may be a token.
    throw unusable(call, "it is not JSON");
  }
};

export const unusable = (call: string, what: string) =>
  new MailferryError("WecomAnswerUnusable", { call, what });

/** The reason by its code: the words of fetch's own errors may hold the address, and with it the token. */
const unreachable = ({ baseUrl }: WecomRequest, thrown: unknown) =>
  new MailferryError("WecomUnreachable", { host: new URL(baseUrl).host, reason: reasonOf(thrown) });

const reasonOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return "unknown";
  if (thrown.name === "TimeoutError") return `no answer within ${patienceMilliseconds / 1_000} seconds`;
  const { cause } = thrown;
  if (cause instanceof Error) return "code" in cause ? String(cause.code) : cause.name;
  return thrown.name;
};
