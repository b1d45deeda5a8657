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
});
