import { describe, expect, it } from "vitest";
import { MailAddress } from "../../../shared/contract/ids.ts";
import { adviceFor } from "../../../shared/credentials/app-password-advice.ts";
import { maskedAddress } from "../../../shared/credentials/masked-address.ts";
import { providerAdvice } from "../../../shared/credentials/provider-advice.ts";
import { providers } from "../../../shared/domain/provider.ts";

describe("what a provider wants instead of the usual password", () => {
  it.each([
    ["imap.exmail.qq.com", "客户端专用密码"],
    ["hwimap.exmail.qq.com", "客户端专用密码"],
    ["imap.qiye.163.com", "客户端授权码"],
    ["imap.qiye.aliyun.com", "三方客户端安全密码"],
    ["imap.qq.com", "授权码"],
    ["imap.gmail.com", "应用专用密码"],
    ["imappro.zoho.com", "应用专用密码"],
    ["outlook.office365.com", "已不再允许"],
  ])("is known by the host %s", (host, words) => {
    const { member, operator, before } = adviceFor({ host });
    expect(member.zhCN).toContain(words);
    expect([before.zhCN, operator.zhCN]).not.toContain("undefined");
  });

  it("is known by the profile the settings name, whatever the host", () => {
    expect(adviceFor({ host: "127.0.0.1", profile: "netease-qiye" })).toBe(
      providerAdvice.get("netease-qiye"),
    );
  });

  it("is general for anybody's own server", () => {
    expect(adviceFor({ host: "imap.example.test" }).member.en).toMatch(/app passwords/);
  });

  it("is kept under names of profiles, but for the one that has none", () => {
    const names = new Set(providers.map(({ name }) => name));
    expect([...providerAdvice.keys()].filter((name) => !names.has(name))).toEqual(["qq"]);
  });
});

describe("a masked address", () => {
  it.each([
    ["alice@example.test", "a•••@example.test"],
    ["a@example.test", "a•••@example.test"],
    ["𠮷田@example.test", "𠮷•••@example.test"],
  ])("%s is shown as %s", (address, masked) =>
    expect(maskedAddress(MailAddress.parse(address))).toBe(masked),
  );
});
