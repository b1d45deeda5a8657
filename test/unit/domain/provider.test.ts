import { describe, expect, it } from "vitest";
import { providerNamed, providers, recogniseProvider } from "../../../shared/domain/provider.ts";

const mx = (...exchanges: readonly string[]) =>
  exchanges.map((exchange, index) => ({ preference: (index + 1) * 10, exchange }));

describe("the provider behind an MX", () => {
  it.each([
    ["mxbiz1.qq.com", "tencent-exmail"],
    ["qiye163mx01.mxmail.netease.com", "netease-qiye"],
    ["mx1.qiye.aliyun.com", "aliyun"],
    ["mxn.mxhichina.com", "aliyun"],
    ["mx.263.net", "263"],
    ["aspmx.l.google.com", "gmail"],
    ["ALT1.ASPMX.L.GOOGLE.COM.", "gmail"],
    ["smtp.google.com", "gmail"],
    ["company-com.mail.protection.outlook.com", "microsoft365"],
    ["company-cn.mail.protection.partner.outlook.cn", "microsoft365-china"],
    ["mx2.zoho.eu", "zoho"],
  ])("%s is %s", (exchange, name) => {
    expect(recogniseProvider(mx(exchange))?.name).toBe(name);
  });

  it.each([["mx.company.example"], ["evil-mxbiz1.qq.com.example"], ["notzoho.com"], ["mx263.net"]])(
    "%s is nobody's",
    (exchange) => expect(recogniseProvider(mx(exchange))).toBeNull(),
  );

  it("is told by the most preferred exchange that is known, in whatever order they were answered", () => {
    const records = mx("filter.example", "mx.zoho.com", "mxbiz1.qq.com").reverse();
    expect(recogniseProvider(records)?.name).toBe("zoho");
    expect(recogniseProvider([])).toBeNull();
  });
});

describe("the provider profiles", () => {
  it("have names of their own, by which the settings find them", () => {
    expect(new Set(providers.map(({ name }) => name)).size).toBe(providers.length);
    for (const provider of providers) expect(providerNamed(provider.name)).toBe(provider);
    expect(providerNamed("other")).toBeNull();
  });
});
