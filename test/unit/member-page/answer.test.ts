import { describe, expect, it } from "vitest";
import example from "../../../events/examples/member-page-request.json" with { type: "json" };
import { MemberPageRequest } from "../../../events/member-page-request.ts";
import { answerMemberPage } from "../../../functions/member-page/answer.ts";
import { languageOf } from "../../../functions/member-page/language.ts";
import { readPassword } from "../../../functions/member-page/read-password.ts";
import { isSameOrigin } from "../../../functions/member-page/same-origin.ts";
import { type MemberPageWorld, memberPageWorld, rightPassword } from "../../support/member-page-world.ts";

const request = (token: string, differing: object = {}): MemberPageRequest =>
  MemberPageRequest.parse({ ...example, pathParameters: { token }, ...differing });

const get = (token: string): MemberPageRequest =>
  request(token, { body: undefined, requestContext: { ...example.requestContext, http: { method: "GET" } } });

const post = (token: string, password: string): MemberPageRequest =>
  request(token, { body: new URLSearchParams({ password }).toString(), isBase64Encoded: false });

const statusOf = async (app: MemberPageWorld, asked: MemberPageRequest): Promise<number> =>
  (await answerMemberPage(app, asked)).response.statusCode;

describe("the answer", () => {
  it("has the status of what it says, from the question to the thanks", async () => {
    const app = await memberPageWorld();
    const token = await app.issue();
    expect(await statusOf(app, get("unknown"))).toBe(404);
    expect(await statusOf(app, get(token))).toBe(200);
    expect(await statusOf(app, post(token, ""))).toBe(422);
    expect(await statusOf(app, post(token, "wrong"))).toBe(422);
    app.mailServers.failNext("ServerBusy");
    const busy = await answerMemberPage(app, post(token, "right?"));
    expect(busy.response).toMatchObject({ statusCode: 503, headers: { "retry-after": "120" } });
    expect(await statusOf(app, post(token, rightPassword))).toBe(200);
    expect(await answerMemberPage(app, get(token))).toMatchObject({ outcome: "alreadyAccepted" });
  });

  it("says when a locked page opens again", async () => {
    const app = await memberPageWorld();
    const token = await app.issue();
    for (const wrong of ["1", "2", "3", "4"]) await answerMemberPage(app, post(token, wrong));
    const { response } = await answerMemberPage(app, post(token, "5"));
    expect(response).toMatchObject({ statusCode: 429, headers: { "retry-after": "900" } });
  });

  it("tells browsers to load, run, frame, keep and send nothing", async () => {
    const { response } = await answerMemberPage(await memberPageWorld(), get("unknown"));
    expect(response.headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": expect.stringMatching(
        /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
      ),
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      "x-robots-tag": "noindex, nofollow",
    });
  });

  it("never repeats the password or the token", async () => {
    const app = await memberPageWorld();
    const token = await app.issue();
    for (const password of ["wrong-secret", rightPassword]) {
      const answered = JSON.stringify(await answerMemberPage(app, post(token, password)));
      expect(answered).not.toContain(password);
      expect(answered).not.toContain(token);
    }
  });

  it("tries nothing for a form from elsewhere, and counts nothing", async () => {
    const app = await memberPageWorld();
    const token = await app.issue();
    const headers = { ...example.headers, "sec-fetch-site": "cross-site" };
    expect(await statusOf(app, { ...post(token, rightPassword), headers })).toBe(403);
    expect([app.mailServers.logins, (await app.account()).verifiedAt]).toEqual([0, undefined]);
  });
});

describe("the origin of a form", () => {
  const from = (headers: Record<string, string>): boolean => isSameOrigin(request("x", { headers }));
  const { host } = example.headers;

  it.each([
    ["the browser says it is ours", { "sec-fetch-site": "same-origin", origin: "null" }, true],
    [
      "the browser says it is another site's",
      { "sec-fetch-site": "cross-site", origin: `https://${host}` },
      false,
    ],
    ["the browser says it is a neighbour's", { "sec-fetch-site": "same-site" }, false],
    ["an older browser sends our origin", { origin: `https://${host}`, host }, true],
    ["an older browser hides it, as our referrer policy asks", { origin: "null" }, true],
    ["an older browser sends another's", { origin: "https://evil.example", host }, false],
    ["it is no URL", { origin: "evil", host }, false],
  ])("%s", (_what, headers, expected) => expect(from(headers)).toBe(expected));
});

describe("the reader's language", () => {
  const language = (accepted: string | null, lang?: string) =>
    languageOf({
      headers: accepted === null ? {} : { "accept-language": accepted },
      ...(lang === undefined ? {} : { queryStringParameters: { lang } }),
    });

  it.each([
    ["zh-CN,zh;q=0.9,en;q=0.8", "zhCN"],
    ["en-GB, zh;q=0.5", "en"],
    ["zh;q=0.3, en;q=0.7", "en"],
    ["zh-Hant-TW", "zhCN"],
    ["fr, de;q=0.9", "en"],
    ["zh;q=0, en;q=0.1", "en"],
    ["zh;q=nonsense", "zhCN"],
    [null, "en"],
  ] as const)("for %s is %s", (accepted, expected) => expect(language(accepted)).toBe(expected));

  it("is what the page's own link says, if that is a language", () => {
    expect(language("en", "zh-CN")).toBe("zhCN");
    expect(language("zh-CN", "en")).toBe("en");
    expect(language("zh-CN", "<script>")).toBe("zhCN");
  });
});

describe("the password of a form", () => {
  const read = (body: string, isBase64Encoded = false) => readPassword({ body, isBase64Encoded });

  it.each([" spaces belong to it ", "密码 & = + %41", "<b>'\""])(
    "is taken as it was typed in: %s",
    (password) => {
      const form = new URLSearchParams({ password }).toString();
      expect(read(form)).toEqual({ password });
      expect(read(Buffer.from(form).toString("base64"), true)).toEqual({ password });
    },
  );

  it.each([
    ["missing", ""],
    ["missing", "password="],
    ["missing", "other=x"],
    ["tooLong", `password=${"x".repeat(1_025)}`],
    ["tooLong", "x".repeat(1_000_000)],
  ] as const)("is %s", (problem, body) => expect(read(body)).toBe(problem));

  it("may be as long as 1,024 characters of any script", () => {
    const password = "密".repeat(1_024);
    expect(read(new URLSearchParams({ password }).toString())).toEqual({ password });
  });
});
