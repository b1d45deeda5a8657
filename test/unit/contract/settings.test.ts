import { describe, expect, it } from "vitest";
import { HeldSettings, MigrationSettings } from "../../../shared/contract/settings.ts";

const minimal = {
  domain: "example.test",
  source: { host: "imap.old.test" },
  target: { kind: "imap", host: "imap.new.test" },
};

const problemsOf = (settings: unknown): string[] =>
  MigrationSettings.safeParse(settings).error?.issues.map(
    ({ path, message }) => `${path.join(".")}: ${message}`,
  ) ?? [];

describe("migration settings", () => {
  it("need no more than a domain and two hosts; the rest has safe defaults", () => {
    expect(MigrationSettings.parse(minimal)).toMatchObject({
      source: { tls: "implicit", insecure: false, auth: { kind: "password" } },
      mx: {
        expected: [
          { preference: 5, exchange: "mxbiz1.qq.com" },
          { preference: 10, exchange: "mxbiz2.qq.com" },
        ],
      },
      copy: { deletions: "ignore", verify: "sample", connectionsPerSourceHost: 20 },
    });
  });

  it("may have WeCom as the directory: its secret is held like any other, its API is Tencent's unless said otherwise", () => {
    const directory = { kind: "wecom", corpId: "ww0123456789abcdef", secret: { env: "WECOM_SECRET" } };
    expect(MigrationSettings.parse({ ...minimal, directory }).directory).toEqual({
      ...directory,
      baseUrl: "https://qyapi.weixin.qq.com",
    });
    expect(HeldSettings.safeParse({ ...minimal, directory }).success).toBe(false);
    expect(problemsOf({ ...minimal, directory: { ...directory, agentId: "1000002" } })).toEqual([
      expect.stringMatching(/^directory\.agentId: /),
    ]);
    expect(
      problemsOf({ ...minimal, directory: { ...directory, baseUrl: "ftp://qyapi.example.test" } }),
    ).toEqual([expect.stringMatching(/^directory\.baseUrl: /)]);
  });

  it("name an unknown key with its path", () => {
    expect(problemsOf({ ...minimal, source: { host: "h", prot: 993 } })).toEqual([
      expect.stringMatching(/^source: .*prot/),
    ]);
  });

  it("name a value of the wrong type with its path", () => {
    expect(problemsOf({ ...minimal, source: { host: "h", port: "993" } })).toEqual([
      expect.stringMatching(/^source\.port: /),
    ]);
  });

  it("let a person write a secret in clear, but never let it enter a workflow", () => {
    const auth = { kind: "master", user: "migrator", password: "in clear" };
    const settings = { ...minimal, target: { ...minimal.target, auth } };
    expect(MigrationSettings.safeParse(settings).success).toBe(true);
    expect(HeldSettings.safeParse(settings).success).toBe(false);
    const held = {
      ...auth,
      password: { secretArn: "arn:aws:secretsmanager:eu-central-1:000000000000:secret:mailferry/x" },
    };
    expect(HeldSettings.safeParse({ ...settings, target: { ...minimal.target, auth: held } }).success).toBe(
      true,
    );
  });

  it("know two services that give out access tokens, each with a secret of its own", () => {
    const microsoft = {
      provider: "microsoft365",
      tenant: "example.test",
      clientId: "7f0e",
      clientSecret: "s",
    };
    const google = { provider: "google", serviceAccount: { file: "key.json" } };
    const withAuth = (auth: object) => ({
      ...minimal,
      source: { host: "imap.old.test", auth: { kind: "oauth2", ...auth } },
    });
    expect(MigrationSettings.parse(withAuth(microsoft)).source.auth).toMatchObject({
      scope: "https://outlook.office365.com/.default",
    });
    expect(MigrationSettings.safeParse(withAuth(google)).success).toBe(true);
    expect(HeldSettings.safeParse(withAuth(microsoft)).success).toBe(false);
    expect(problemsOf(withAuth({ ...microsoft, tenant: "../other" }))).toEqual([
      expect.stringMatching(/^source\.auth\.tenant: /),
    ]);
    expect(problemsOf(withAuth({ ...google, clientId: "7f0e" }))).toEqual([
      expect.stringMatching(/^source\.auth: .*clientId/),
    ]);
    expect(problemsOf(withAuth({ ...microsoft, provider: "another" }))).toEqual([
      expect.stringMatching(/^source\.auth\.provider: /),
    ]);
  });

  it("give nobody an address unless that is asked for", () => {
    expect(MigrationSettings.parse(minimal).allocation).toBe("none");
    expect(MigrationSettings.parse({ ...minimal, allocation: "assign" }).allocation).toBe("assign");
  });
});
