import { describe, expect, it } from "vitest";
import { checkSettings } from "../../../shared/domain/check-settings.ts";

const settings = (differing: Record<string, unknown> = {}) => ({
  domain: "yunfan.example",
  source: { host: "imap.yunfan.example" },
  target: { kind: "imap", host: "imap.exmail.qq.com" },
  ...differing,
});

const problemsWith = (written: unknown, executionName = "yunfan"): string => {
  try {
    checkSettings(written, executionName);
  } catch (thrown) {
    expect(thrown).toMatchObject({ name: "SettingsUnusable" });
    return String(thrown);
  }
  throw new Error("The settings were accepted.");
};

describe("the settings of an execution", () => {
  it("name their migration, or the execution's name does", () => {
    expect(checkSettings(settings(), "yunfan-1").migrationId).toBe("yunfan-1");
    expect(checkSettings(settings({ migrationId: "own" }), "yunfan-1").migrationId).toBe("own");
    expect(problemsWith(settings(), "Not_An_Id")).toContain("migrationId: ");
  });

  it("are refused with every problem and the path to it", () => {
    const problems = problemsWith({
      domain: 7,
      source: { host: "h", port: 70_000, hots: "x" },
      target: { kind: "imap", host: "t", auth: { kind: "master", user: "m", password: "in clear" } },
      surprise: true,
    });
    for (const path of ["domain: ", "source.port: ", "source.hots: unknown key", "surprise: unknown key"]) {
      expect(problems).toContain(path);
    }
    expect(problems).toContain("target.auth.password: ");
    expect(problems).not.toContain("in clear");
  });

  it("that are no object at all are refused", () => {
    expect(problemsWith(null)).toContain("settings: ");
  });

  it("may not send passwords in clear to another machine, unless that is said aloud", () => {
    const clear = { host: "imap.yunfan.example", tls: "none" };
    expect(problemsWith(settings({ source: clear }))).toContain("source.tls: ");
    expect(problemsWith(settings({ target: { kind: "imap", ...clear } }))).toContain("target.tls: ");
    for (const source of [
      { ...clear, insecure: true },
      { ...clear, host: "127.0.0.1" },
    ]) {
      expect(checkSettings(settings({ source }), "a").settings.source.tls).toBe("none");
    }
  });

  it("may not send a client's secret in clear to another machine", () => {
    const asking = (tokenEndpoint: string) => ({
      source: {
        host: "h",
        auth: {
          kind: "oauth2",
          provider: "microsoft365",
          tenant: "yunfan.example",
          clientId: "c",
          clientSecret: { secretArn: "arn:aws:secretsmanager:x" },
          tokenEndpoint,
        },
      },
    });
    expect(problemsWith(settings(asking("http://tokens.yunfan.example/")))).toContain(
      "source.auth.tokenEndpoint: ",
    );
    for (const allowed of ["https://tokens.yunfan.example/", "http://127.0.0.1:8080/"]) {
      expect(checkSettings(settings(asking(allowed)), "a").settings.source.auth).toMatchObject({
        tokenEndpoint: allowed,
      });
    }
  });

  it("may not send WeCom's secret in clear to another machine", () => {
    const secret = { secretArn: "arn:aws:secretsmanager:eu-central-1:000000000000:secret:mailferry/x/wecom" };
    const directory = (baseUrl: string) => ({ kind: "wecom", corpId: "ww0", secret, baseUrl });
    expect(problemsWith(settings({ directory: directory("http://qyapi.example.test") }))).toContain(
      "directory.baseUrl: ",
    );
    for (const baseUrl of ["http://127.0.0.1:8080", "https://qyapi.example.test"])
      expect(
        checkSettings(settings({ directory: directory(baseUrl) }), "a").settings.directory,
      ).toMatchObject({
        baseUrl,
      });
  });

  it("may name known profiles only, and need the domain of an Exchange login", () => {
    expect(problemsWith(settings({ source: { host: "h", profile: "nobody" } }))).toContain(
      "source.profile: ",
    );
    const auth = {
      kind: "master",
      user: "admin",
      password: { secretArn: "arn:aws:secretsmanager:x" },
      style: "exchange",
    };
    expect(problemsWith(settings({ source: { host: "h", auth } }))).toContain("source.auth.domain: ");
  });
});
