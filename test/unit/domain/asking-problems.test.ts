import { describe, expect, it } from "vitest";
import { checkSettings } from "../../../shared/domain/check-settings.ts";

const wecom = {
  kind: "wecom",
  corpId: "ww1",
  secret: { secretArn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:mailferry/w" },
};
const settings = (differing: object) => ({
  domain: "yunfan.example",
  source: { host: "imap.yunfan.example" },
  target: { kind: "imap", host: "imap.new.example" },
  ...differing,
});
const check = (differing: object) => () => checkSettings(settings(differing), "a").settings;

describe("asking the members", () => {
  it("is off, and a link would hold for a fortnight, unless the settings say otherwise", () => {
    expect(check({})().members).toEqual({ ask: false, linkDays: 14, languages: ["zh-CN", "en"] });
    expect(check({})().notices).toEqual({});
  });

  it.each([
    ["a sender of mail", { notices: { from: "it@yunfan.example" } }],
    ["an app that sends cards", { directory: { ...wecom, agentId: 1 } }],
  ])("is possible with %s", (_name, way) => {
    expect(check({ members: { ask: true }, ...way })().members.ask).toBe(true);
  });

  it.each([
    ["nothing", {}],
    ["a directory without an app", { directory: wecom }],
    ["only somebody to ask back", { notices: { admin: "it@yunfan.example" } }],
  ])("is refused with %s to reach them by, naming what to set", (_name, way) => {
    expect(check({ members: { ask: true }, ...way })).toThrow(/members\.ask: .*notices\.from.*agentId/);
  });

  it("is refused where a master user opens every mailbox", () => {
    const auth = { kind: "master", user: "m", password: wecom.secret };
    const source = { host: "imap.yunfan.example", auth };
    const notices = { from: "it@yunfan.example" };
    expect(check({ members: { ask: true }, notices, source })).toThrow(/members\.ask: source\.auth "master"/);
    expect(check({ notices, source })().members.ask).toBe(false);
  });

  it("is refused where a link would be dead before the next one is sent, in both languages", () => {
    const notices = { from: "it@yunfan.example" };
    const asking = (members: object) => check({ members: { ask: true, ...members }, notices });
    expect(asking({ linkDays: 1, remindEveryHours: 72 })).toThrow(
      /members\.remindEveryHours: a link ends after 24 hours .* after 72; .* linkDays to at least 3/,
    );
    const refused = expect.objectContaining({
      evidence: expect.objectContaining({
        problemsInChinese: expect.stringContaining("linkDays 设为至少 2"),
      }),
    });
    expect(asking({ linkDays: 1, remindEveryHours: 25 })).toThrow(refused);
    expect(asking({ remindEveryHours: 720 })).toThrow("linkDays to at least 30");
    expect(asking({ linkDays: 1, remindEveryHours: 24 })().members.remindEveryHours).toBe(24);
    expect(asking({ linkDays: 1 })().members.linkDays).toBe(1);
  });

  it.each([
    [{ members: { linkDays: 0 } }, "members.linkDays"],
    [{ members: { linkDays: 61 } }, "members.linkDays"],
    [{ members: { remindEveryHours: 11 } }, "members.remindEveryHours"],
    [{ members: { languages: [] } }, "members.languages"],
    [{ members: { languages: ["en", "en"] } }, "members.languages: each language once"],
    [{ members: { languages: ["fr"] } }, "members.languages.0"],
    [{ members: { remind: true } }, "members.remind: unknown key"],
    [{ notices: { from: "nobody" } }, "notices.from"],
  ])("refuses %j with its path", (differing, path) => {
    expect(check(differing)).toThrow(path);
  });
});
