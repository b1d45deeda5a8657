import { exportPKCS8, generateKeyPair } from "jose";
import { describe, expect, it } from "vitest";
import { httpAccessTokens } from "../../functions/adapters/oauth/access-tokens.ts";
import type { OAuth2, TokenRequest } from "../../shared/ports/access-tokens.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { tokenService } from "../support/token-service.ts";

const secretArn = "arn:example";

const asked = (auth: OAuth2, secret: string, mailbox = "li.na@example.test"): TokenRequest => ({
  side: "source",
  auth,
  secret,
  mailbox,
});

describe("a service account's token", () => {
  const email = "ferry@project.iam.gserviceaccount.com";

  const withAccount = async () => {
    const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
    const service = await tokenService({ serviceAccount: { email, publicKey } });
    const key = JSON.stringify({
      type: "service_account",
      client_email: email,
      private_key: await exportPKCS8(privateKey),
      private_key_id: "k1",
    });
    const { tokenEndpoint } = service;
    const auth: OAuth2 = { kind: "oauth2", provider: "google", serviceAccount: { secretArn }, tokenEndpoint };
    return { service, key, auth, tokens: httpAccessTokens(new FakeClock()) };
  };

  it("is one for each mailbox, asked for by an assertion that names it", async () => {
    const { service, key, auth, tokens } = await withAccount();
    const first = await tokens.tokenFor(asked(auth, key));
    expect(first).toContain("li.na@example.test");
    expect(await tokens.tokenFor(asked(auth, key, "wang.wei@example.test"))).toContain(
      "wang.wei@example.test",
    );
    expect(await tokens.tokenFor(asked(auth, key))).toBe(first);
    expect(service.requests.map((form) => form.get("grant_type"))).toEqual([
      "urn:ietf:params:oauth:grant-type:jwt-bearer",
      "urn:ietf:params:oauth:grant-type:jwt-bearer",
    ]);
  });

  it("is refused without delegation, with what is to be done", async () => {
    const { service, key, auth, tokens } = await withAccount();
    service.answerWith({ status: 401, body: JSON.stringify({ error: "unauthorized_client" }) });
    const refused = tokens.tokenFor(asked(auth, key));
    await expect(refused).rejects.toMatchObject({
      name: "GoogleRefused",
      evidence: { client: email, mailbox: "li.na@example.test", words: "unauthorized_client" },
    });
    await expect(refused).rejects.toThrow(/domain-wide delegation/);
  });

  it("cannot be asked for with another account's key", async () => {
    const { auth, tokens } = await withAccount();
    const other = await withAccount();
    await expect(tokens.tokenFor(asked(auth, other.key))).rejects.toMatchObject({ name: "GoogleRefused" });
  });

  it.each([
    ["no JSON", "-----BEGIN"],
    ["no key", JSON.stringify({ type: "authorized_user", client_id: "x" })],
    [
      "a damaged key",
      JSON.stringify({
        type: "service_account",
        client_email: email,
        private_key: "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n",
      }),
    ],
  ])("needs the account's key, not %s, and never repeats it", async (_what, secret) => {
    const { auth, service, tokens } = await withAccount();
    const refused = tokens.tokenFor(asked(auth, secret));
    await expect(refused).rejects.toMatchObject({ name: "GoogleRefused" });
    await expect(refused).rejects.toThrow(expect.not.stringContaining("c2VjcmV0"));
    expect(service.requests).toEqual([]);
  });
});
