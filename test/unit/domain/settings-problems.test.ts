import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { HeldSettings, MigrationSettings } from "../../../shared/contract/settings.ts";
import { problemsOf } from "../../../shared/domain/settings-problems.ts";
import { auth, microsoft, settings, source } from "../../support/written-settings.ts";

const problems = (schema: z.ZodType, written: unknown): readonly (readonly [string, string])[] => {
  const { error } = schema.safeParse(written);
  if (error === undefined) throw new Error("The settings were accepted.");
  return problemsOf({ schema, written, error }).map(({ en, zhCN }) => [en, zhCN]);
};

describe("what a person wrote wrong is said with its path in both languages", () => {
  const { clientSecret: _left, ...withoutSecret } = microsoft;
  const { provider: _out, ...withoutProvider } = microsoft;
  const mx = (record: object) =>
    settings({ mx: { expected: [{ preference: 5, exchange: "a", ...record }] } });
  const window = { from: "22:00", to: "06:00", timeZone: "Asia/Shanghai" };
  const windows = (differing: object) => settings({ copy: { windows: [{ ...window, ...differing }] } });
  const secretForms = 'a secret: its text, or {"env": …}, {"file": …} or {"secretArn": "arn:…"}';
  const secretFormsInChinese = '应为密钥：其文本，或 {"env": …}、{"file": …}、{"secretArn": "arn:…"} 之一';

  it.each<[string, unknown, string, string]>([
    ["a missing text", settings({ domain: undefined }), "domain: missing", "domain：缺少"],
    ["a missing object", settings({ source: undefined }), "source: missing", "source：缺少"],
    [
      "a missing secret",
      auth(withoutSecret),
      "source.auth.clientSecret: missing",
      "source.auth.clientSecret：缺少",
    ],
    [
      "a missing choice",
      auth(withoutProvider),
      'source.auth.provider: missing, must be one of "microsoft365", "google"',
      'source.auth.provider：缺少，必须是 "microsoft365"、"google" 之一',
    ],
    [
      "a missing constant",
      settings({ target: { host: "h" } }),
      'target.kind: missing, must be "imap"',
      'target.kind：缺少，必须是 "imap"',
    ],
    [
      "no object at all",
      null,
      "settings: must be an object { … }, not null",
      "settings：应为对象 { … }，而不是 null",
    ],
    [
      "a text for a number",
      source({ port: "993" }),
      "source.port: must be a number, not a text",
      "source.port：应为数字，而不是文本",
    ],
    [
      "a fraction",
      source({ port: 9.5 }),
      "source.port: must be a whole number, not a fraction",
      "source.port：应为整数，而不是小数",
    ],
    [
      "a text for a switch",
      source({ insecure: "yes" }),
      "source.insecure: must be true or false, not a text",
      "source.insecure：应为 true 或 false，而不是文本",
    ],
    [
      "a number for a list",
      settings({ members: { languages: 1 } }),
      "members.languages: must be a list [ … ], not a number",
      "members.languages：应为列表 [ … ]，而不是数字",
    ],
    [
      "a small number",
      source({ port: 0 }),
      "source.port: must be from 1 to 65535",
      "source.port：应在 1 到 65535 之间",
    ],
    [
      "a great number",
      settings({ copy: { connectionsPerMailbox: 17 } }),
      "copy.connectionsPerMailbox: must be from 1 to 16",
      "copy.connectionsPerMailbox：应在 1 到 16 之间",
    ],
    [
      "a great number in a list",
      mx({ preference: 65_536 }),
      "mx.expected.0.preference: must be from 0 to 65535",
      "mx.expected.0.preference：应在 0 到 65535 之间",
    ],
    [
      "a number without an upper end",
      settings({ copy: { bytesPerDay: 1 } }),
      "copy.bytesPerDay: must be at least 1000000",
      "copy.bytesPerDay：不能小于 1000000",
    ],
    ["an empty text", source({ host: "" }), "source.host: must not be empty", "source.host：不能为空"],
    [
      "an empty list",
      settings({ mx: { expected: [] } }),
      "mx.expected: must not be empty",
      "mx.expected：不能为空",
    ],
    [
      "a long text",
      settings({ domain: "a".repeat(254) }),
      "domain: must have at most 253 characters",
      "domain：最多 253 个字符",
    ],
    [
      "a long list",
      settings({ mx: { resolvers: new Array(11).fill("192.0.2.1") } }),
      "mx.resolvers: must have at most 10 entries",
      "mx.resolvers：最多 10 项",
    ],
    [
      "another choice",
      source({ tls: "ssl" }),
      'source.tls: must be one of "implicit", "starttls", "none"',
      'source.tls：必须是 "implicit"、"starttls"、"none" 之一',
    ],
    [
      "another kind",
      auth({ kind: "oauth" }),
      'source.auth.kind: must be one of "password", "master", "oauth2"',
      'source.auth.kind：必须是 "password"、"master"、"oauth2" 之一',
    ],
    [
      "a secret of another kind",
      auth({ ...microsoft, clientSecret: 7 }),
      `source.auth.clientSecret: ${secretForms}`,
      `source.auth.clientSecret：${secretFormsInChinese}`,
    ],
    [
      "an ARN that is none",
      auth({ ...microsoft, clientSecret: { secretArn: "x" } }),
      'source.auth.clientSecret.secretArn: must begin with "arn:"',
      'source.auth.clientSecret.secretArn：必须以 "arn:" 开头',
    ],
    [
      "no address of the web",
      auth({ ...microsoft, tokenEndpoint: "ftp://tokens.example.test" }),
      "source.auth.tokenEndpoint: must be an http or https address",
      "source.auth.tokenEndpoint：应为 http 或 https 地址",
    ],
    [
      "a tenant that is none",
      auth({ ...microsoft, tenant: "../other" }),
      "source.auth.tenant: a tenant's id or domain",
      "source.auth.tenant：应为租户的 ID 或域名",
    ],
    [
      "an id with capitals",
      settings({ migrationId: "Yunfan" }),
      "migrationId: lower-case letters, digits, dots and hyphens, at most 72",
      "migrationId：只能包含小写字母、数字、点和连字符，最多 72 个字符",
    ],
    [
      "no address",
      settings({ notices: { from: "nobody" } }),
      "notices.from: an e-mail address",
      "notices.from：应为邮箱地址",
    ],
    [
      "an address with capitals",
      settings({ notices: { from: "IT@yunfan.example" } }),
      "notices.from: must be in lower case",
      "notices.from：必须使用小写字母",
    ],
    [
      "a language twice",
      settings({ members: { languages: ["en", "en"] } }),
      "members.languages: each language once",
      "members.languages：每种语言只能出现一次",
    ],
    [
      "no name server",
      settings({ mx: { resolvers: ["a b"] } }),
      "mx.resolvers.0: host or host:port",
      "mx.resolvers.0：应为主机名或 主机:端口",
    ],
    [
      "no time of day",
      windows({ from: "25:00" }),
      "copy.windows.0.from: HH:MM",
      "copy.windows.0.from：应为 HH:MM 格式的时间",
    ],
    [
      "no time zone",
      windows({ timeZone: "Mars" }),
      "copy.windows.0.timeZone: a time zone such as Asia/Shanghai",
      "copy.windows.0.timeZone：应为时区名称，例如 Asia/Shanghai",
    ],
    ["an unknown key", settings({ surprise: true }), "surprise: unknown key", "surprise：未知的键"],
    [
      "a key that is nearly known",
      source({ prot: 993 }),
      "source.prot: unknown key; is port meant?",
      "source.prot：未知的键，是否应为 port？",
    ],
    [
      "a key that is nearly known where there are several kinds",
      auth({ ...microsoft, tokenEndpiont: "https://tokens.example.test" }),
      "source.auth.tokenEndpiont: unknown key; is tokenEndpoint meant?",
      "source.auth.tokenEndpiont：未知的键，是否应为 tokenEndpoint？",
    ],
    [
      "a key of another kind",
      auth({ kind: "password", user: "m" }),
      "source.auth.user: unknown key",
      "source.auth.user：未知的键",
    ],
  ])("%s", (_what, written, en, zhCN) => {
    expect(problems(MigrationSettings, written)).toEqual([[en, zhCN]]);
  });

  it("each of several, and no secret is repeated", () => {
    const written = auth({ ...microsoft, tenant: 1, extra: 2 });
    expect(problems(MigrationSettings, written)).toEqual([
      ["source.auth.tenant: must be a text, not a number", "source.auth.tenant：应为文本，而不是数字"],
      ["source.auth.extra: unknown key", "source.auth.extra：未知的键"],
    ]);
    expect(JSON.stringify(problems(HeldSettings, auth(microsoft)))).not.toContain("held back");
  });
});
