import { describe, expect, it } from "vitest";
import { MailferryError } from "../../../shared/contract/errors.ts";
import { toError, toStoredError } from "../../../shared/contract/stored-error.ts";
import { checkSettings } from "../../../shared/domain/check-settings.ts";
import { auth, microsoft, secretArn, settings, source } from "../../support/written-settings.ts";

describe("settings that ask for what cannot be done", () => {
  const refusal = (written: unknown): MailferryError => {
    try {
      checkSettings(written, "yunfan");
    } catch (thrown) {
      if (thrown instanceof MailferryError) return thrown;
    }
    throw new Error("The settings were accepted.");
  };
  const held = { ...microsoft, clientSecret: { secretArn } };
  const wecom = { kind: "wecom", corpId: "ww0", secret: { secretArn }, baseUrl: "http://wecom.example.test" };
  const exchange = { kind: "master", user: "m", password: { secretArn }, style: "exchange" };

  it.each<[string, unknown, string, string]>([
    [
      "in clear",
      source({ tls: "none" }),
      'source.tls: "none" would send passwords',
      'source.tls："none" 会将密码',
    ],
    [
      "a profile",
      source({ profile: "nobody" }),
      "source.profile: there is no",
      "source.profile：没有名为 nobody",
    ],
    [
      "a token endpoint",
      auth({ ...held, tokenEndpoint: "http://tokens.example.test" }),
      "source.auth.tokenEndpoint: the secret",
      "source.auth.tokenEndpoint：密钥会以明文",
    ],
    ["Exchange", auth(exchange), "source.auth.domain: style", "source.auth.domain：style"],
    [
      "WeCom",
      settings({ directory: wecom }),
      "directory.baseUrl: the secret",
      "directory.baseUrl：密钥会以明文",
    ],
    ["asking", settings({ members: { ask: true } }), "members.ask: there is", "members.ask：无法联系成员"],
    [
      "asking without need",
      { ...auth(held), members: { ask: true }, notices: { from: "it@yunfan.example" } },
      'members.ask: source.auth "oauth2"',
      'members.ask：source.auth "oauth2" 无需成员密码',
    ],
  ])("are refused in the reader's language: %s", (_what, written, en, zhCN) => {
    const error = refusal(written);
    expect(error.in("en")).toContain(`The settings cannot be used: ${en}`);
    expect(error.in("zhCN")).toContain(`设置无法使用：${zhCN}`);
    expect(error.message).toBe(error.in("en"));
  });

  it("are refused in the reader's language after they were recorded, and in English where only that was", () => {
    const recorded = toStoredError(refusal(source({ port: 0 })));
    expect(toError(recorded).in("zhCN")).toContain("source.port：应在 1 到 65535 之间");
    const before = new MailferryError("SettingsUnusable", { problems: "source.port: Too small" });
    expect(before.in("zhCN")).toContain("设置无法使用：source.port: Too small");
  });
});
