import { describe, expect, it } from "vitest";
import { httpAccessTokens } from "../../functions/adapters/oauth/access-tokens.ts";
import type { OAuth2, TokenRequest } from "../../shared/ports/access-tokens.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { type ServiceAnswer, type TokenService, tokenService } from "../support/token-service.ts";

const clientSecret = "s3cret~of the application";
const application = { clientId: "7f0e-application", clientSecret };
const secretArn = "arn:example";

const microsoft = (service: Pick<TokenService, "tokenEndpoint">): OAuth2 => ({
  kind: "oauth2",
  provider: "microsoft365",
  tenant: "example.test",
  clientId: application.clientId,
  clientSecret: { secretArn },
  tokenEndpoint: service.tokenEndpoint,
  scope: "https://outlook.office365.com/.default",
});

const asked = (auth: OAuth2, secret = clientSecret, mailbox = "li.na@example.test"): TokenRequest => ({
  side: "source",
  auth,
  secret,
  mailbox,
});

const begin = async () => {
  const service = await tokenService({ application });
  const clock = new FakeClock();
  return { service, clock, tokens: httpAccessTokens(clock), auth: microsoft(service) };
};

describe("an application's token", () => {
  it("is asked for with the client's credentials, once for all mailboxes", async () => {
    const { service, tokens, auth } = await begin();
    const first = await tokens.tokenFor(asked(auth));
    expect(await tokens.tokenFor(asked(auth, clientSecret, "wang.wei@example.test"))).toBe(first);
    expect(service.requests.map((form) => Object.fromEntries(form))).toEqual([
      {
        grant_type: "client_credentials",
        client_id: application.clientId,
        client_secret: clientSecret,
        scope: "https://outlook.office365.com/.default",
      },
    ]);
  });

  it("is asked for once when both sides want it at the same time", async () => {
    const { service, tokens, auth } = await begin();
    const [one, other] = await Promise.all([tokens.tokenFor(asked(auth)), tokens.tokenFor(asked(auth))]);
    expect(one).toBe(other);
    expect(service.given).toHaveLength(1);
  });

  it("is renewed while it still outlasts a worker", async () => {
    const { service, clock, tokens, auth } = await begin();
    await tokens.tokenFor(asked(auth));
    clock.advance(49 * 60);
    await tokens.tokenFor(asked(auth));
    expect(service.given).toHaveLength(1);
    clock.advance(2 * 60);
    expect(await tokens.tokenFor(asked(auth))).toBe(service.given[1]);
  });

  it("that was refused is not given again, unless it is so young that another knows no more", async () => {
    const { service, clock, tokens, auth } = await begin();
    const first = await tokens.tokenFor(asked(auth));
    expect(await tokens.tokenFor(asked(auth), first)).toBe(first);
    clock.advance(6 * 60);
    expect(await tokens.tokenFor(asked(auth), first)).toBe(service.given[1]);
    expect(await tokens.tokenFor(asked(auth), first)).toBe(service.given[1]);
    expect(service.given).toHaveLength(2);
  });

  it("is refused to a wrong secret, which the error does not repeat even when the service does", async () => {
    const { tokens, auth } = await begin();
    const refused = tokens.tokenFor(asked(auth, "wrong ~ secret+"));
    await expect(refused).rejects.toMatchObject({
      name: "Microsoft365Refused",
      evidence: { client: application.clientId, tenant: "example.test" },
    });
    await expect(refused).rejects.toThrow(/IMAP\.AccessAsApp.*admin consent/);
    await expect(refused).rejects.toThrow(expect.not.stringMatching(/wrong.+secret/));
  });

  it("is asked for once a minute while its secret is refused, whatever the number of mailboxes", async () => {
    const { service, clock, tokens, auth } = await begin();
    const tryAll = async () => {
      for (const name of ["li.na", "wang.wei", "zhao.lei"])
        await expect(tokens.tokenFor(asked(auth, "wrong", `${name}@example.test`))).rejects.toMatchObject({
          name: "Microsoft365Refused",
        });
    };
    await tryAll();
    clock.advance(59);
    await tryAll();
    expect(service.requests).toHaveLength(1);
    clock.advance(1);
    await tryAll();
    expect(service.requests).toHaveLength(2);
  });

  it("is asked for at once when its secret has been changed, and after a minute when consent has been given", async () => {
    const { service, clock, tokens, auth } = await begin();
    service.answerWith({ status: 400, body: JSON.stringify({ error: "unauthorized_client" }) });
    for (const secret of ["wrong", clientSecret])
      await expect(tokens.tokenFor(asked(auth, secret))).rejects.toMatchObject({
        name: "Microsoft365Refused",
      });
    expect(service.requests).toHaveLength(2);
    service.answerWith(null);
    clock.advance(60);
    expect(await tokens.tokenFor(asked(auth))).toBe(service.given[0]);
  });

  it("is not given to whoever knows the application's name and not its secret", async () => {
    const { service, tokens, auth } = await begin();
    await tokens.tokenFor(asked(auth));
    await expect(tokens.tokenFor(asked(auth, "guessed"))).rejects.toMatchObject({
      name: "Microsoft365Refused",
    });
    expect(service.given).toHaveLength(1);
  });

  it("is asked for anew after a failure", async () => {
    const { service, tokens, auth } = await begin();
    service.answerWith({ status: 503, body: "" });
    await expect(tokens.tokenFor(asked(auth))).rejects.toMatchObject({ name: "ServerBusy" });
    service.answerWith(null);
    expect(await tokens.tokenFor(asked(auth))).toBe(service.given[0]);
  });
});

describe("a token service", () => {
  const json = (status: number, body: unknown, headers: ServiceAnswer["headers"] = {}): ServiceAnswer => ({
    status,
    body: JSON.stringify(body),
    headers,
  });

  it.each([
    ["overloaded", json(429, {}, { "retry-after": "37" }), "ServerBusy"],
    ["broken", { status: 500, body: "<html>" }, "ServerBusy"],
    ["out of order for a while", json(400, { error: "temporarily_unavailable" }), "ServerBusy"],
    ["without consent", json(400, { error: "unauthorized_client" }), "Microsoft365Refused"],
    ["of another tenant", json(400, { error: "invalid_request" }), "Microsoft365Refused"],
    ["no token service", { status: 404, body: "<html>" }, "ServerAnswerUnusable"],
    [
      "elsewhere",
      { status: 302, body: "", headers: { location: "http://127.0.0.1:1/" } },
      "ServerAnswerUnusable",
    ],
    ["without a token", json(200, { token_type: "Bearer", expires_in: 3599 }), "ServerAnswerUnusable"],
    ["talkative", { status: 200, body: "x".repeat(70_000) }, "ServerAnswerUnusable"],
  ] as const)("that is %s has a name for it", async (_what, answer, name) => {
    const { service, tokens, auth } = await begin();
    service.answerWith(answer);
    await expect(tokens.tokenFor(asked(auth))).rejects.toMatchObject({ name });
  });

  it("that says when to come back is understood", async () => {
    const { service, tokens, auth } = await begin();
    service.answerWith(json(429, {}, { "retry-after": "37" }));
    await expect(tokens.tokenFor(asked(auth))).rejects.toMatchObject({
      evidence: {
        side: "source",
        host: "127.0.0.1",
        words: expect.stringContaining("retry after 37 seconds"),
      },
    });
  });

  it("that is silent asks to wait, and one that is not there cannot be reached", async () => {
    const { service, clock, auth } = await begin();
    const impatient = httpAccessTokens(clock, { silenceMilliseconds: 50 });
    service.answerWith("silent");
    await expect(impatient.tokenFor(asked(auth))).rejects.toMatchObject({ name: "ServerBusy" });
    await service.stop();
    const unreachable = httpAccessTokens(clock).tokenFor(asked(auth));
    await expect(unreachable).rejects.toMatchObject({
      name: "ServerUnreachable",
      evidence: { side: "source", host: "127.0.0.1", port: Number(new URL(service.tokenEndpoint).port) },
    });
    await expect(unreachable).rejects.toThrow(expect.not.stringContaining(clientSecret));
  });
});
