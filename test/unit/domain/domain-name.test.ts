import { describe, expect, it } from "vitest";
import { parseDomain } from "../../../shared/domain/domain-name.ts";

describe("a mail domain", () => {
  it.each([
    ["yunfan.example", "yunfan.example"],
    ["example.test", "example.test"],
    [" Company.COM.CN. ", "company.com.cn"],
    ["mail.company.com", "mail.company.com"],
    ["中国移动.cn", "xn--fiq02ib9d179b.cn"],
    ["例え。テスト", "xn--r8jz45g.xn--zckzah"],
    ["XN--R8JZ45G.example", "xn--r8jz45g.example"],
    ["company.github.io", "company.github.io"],
  ])("%s is %s in DNS", (written, name) => {
    expect(parseDomain(written)).toBe(name);
  });

  it.each([
    ["", "not a domain name"],
    [".", "not a domain name"],
    ["localhost", "no dot"],
    ["com.cn", "public suffix"],
    ["co.uk", "public suffix"],
    ["192.0.2.1", "an address"],
    ["3232235777", "an address"],
    ["a@b.example", "not a domain name"],
    ["http://b.example", "not a domain name"],
    ["b.example:25", "not a domain name"],
    ["b%2e.example", "not a domain name"],
    ["b..example", "cannot be a part"],
    ["-b.example", "cannot be a part"],
    ["b_c.example", "cannot be a part"],
    [`${"a".repeat(64)}.example`, "cannot be a part"],
    [`${"a.".repeat(130)}example`, "longer than 253"],
  ])("%j is refused: %s", (written, reason) => {
    expect(() => parseDomain(written)).toThrow(
      expect.objectContaining({
        name: "DomainUnusable",
        evidence: { domain: written, reason: expect.stringContaining(reason) },
      }),
    );
  });
});
