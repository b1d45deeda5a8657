import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Timestamp } from "../../../shared/contract/ids.ts";
import type { LetterFacts } from "../../../shared/notices/templates/letter.ts";
import { renderCard, renderMail } from "../../../shared/notices/templates/render-notice.ts";

const url = "https://page.example.test/p/0123456789abcdef";
const facts: LetterFacts = {
  kind: "ask",
  domain: "yunfan.example",
  name: "李华",
  address: "lihua@yunfan.example",
  url,
  expiresAt: Timestamp.parse("2026-12-06T20:30:00.000Z"),
  admin: "it@yunfan.example",
};
const both = ["zh-CN", "en"] as const;

describe("a notice by mail", () => {
  it("says in both languages, Chinese first, who writes, the link and until when it holds", () => {
    const { subject, text, html } = renderMail(facts, both);
    expect(subject).toBe("yunfan.example 邮箱迁移：请填写一次原邮箱密码");
    for (const body of [text, html]) {
      expect(body.indexOf("李华，您好")).toBeLessThan(body.indexOf("Hello 李华,"));
      expect(body.indexOf("李华，您好")).toBeGreaterThan(-1);
      expect(body.split(url).length - 1).toBe(body === html ? 4 : 2);
      expect(body).toContain("北京时间 2026-12-07 04:30");
      expect(body).toContain("2026-12-06 20:30 UTC");
      expect(body).toContain("it@yunfan.example");
      expect(body).toContain("链接应以 https://page.example.test 开头");
      expect(body).toContain("the link begins with https://page.example.test.");
    }
  });

  it("says what happens to the password and that nobody asks for it by mail", () => {
    const { text } = renderMail(facts, both);
    expect(text).toContain("迁移结束即销毁");
    expect(text).toContain("请勿在邮件中回复密码");
    expect(text).toContain("destroyed when the move is over");
    expect(text).toContain("Do not answer this mail with your password");
  });

  it("is in one language only where the settings say so, its subject too", () => {
    const { subject, text, html } = renderMail(facts, ["en"]);
    expect(subject).toBe("yunfan.example mail is moving: please enter your old password once");
    expect(`${text}${html}`).not.toMatch(/\p{Script=Han}(?<!李|华)/u);
    expect(html).toContain('<html lang="en">');
  });

  it("that reminds says so", () => {
    const reminder = renderMail({ ...facts, kind: "remind" }, both);
    expect(reminder.subject).toMatch(/^提醒/);
    expect(reminder.text).toContain("You have been asked before");
    expect(renderMail(facts, both).text).not.toContain("You have been asked before");
  });

  it("greets without a name, and names no administrator, where none is known", () => {
    const { admin: _admin, ...unnamed } = { ...facts, name: "" };
    const { text } = renderMail(unnamed, both);
    expect(text).toMatch(/^您好：/);
    expect(text).toContain("Hello,\n");
    expect(text).toContain("mail administrator the way");
    expect(text).not.toContain("undefined");
  });

  it("holds nothing that is fetched from anywhere", () => {
    const { html } = renderMail(facts, both);
    expect(html).not.toMatch(/<(img|script|link|iframe|style)|src=|url\(|@import/i);
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, target]) => target)).toEqual([url, url]);
  });

  it("has no markup but its own, whatever a sheet holds", () => {
    const marks = (html: string) => html.match(/<[^>]*>/g);
    const plain = renderMail(facts, both);
    const nasty = fc.string({
      unit: fc.constantFrom("<", ">", '"', "'", "&", "a", "b", "=", "/", " ", "{", "`"),
    });
    fc.assert(
      fc.property(nasty, nasty, nasty, (name, address, domain) => {
        const { html } = renderMail({ ...facts, name: `x${name}`, address, domain }, both);
        const written = marks(html)?.filter((mark) => !mark.startsWith("<title"));
        expect(written).toEqual(marks(plain.html)?.filter((mark) => !mark.startsWith("<title")));
      }),
    );
  });

  it("keeps to one line in its subject and shows no reversed writing, whatever a sheet holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const { subject, text: body } = renderMail({ ...facts, domain: text, name: text }, both);
        expect(subject).not.toMatch(/[\r\n]/);
        expect(body).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/);
      }),
    );
  });
});

describe("a card", () => {
  it("is in the first language and within what WeCom shows", () => {
    for (const kind of ["ask", "remind"] as const) {
      for (const languages of [["zh-CN"], ["en", "zh-CN"]] as const) {
        const long = { ...facts, kind, address: `${"a".repeat(64)}@${"b".repeat(100)}.example` };
        const card = renderCard(long, languages);
        expect(card.title.length).toBeLessThanOrEqual(128);
        expect(card.description.length).toBeLessThanOrEqual(512);
        expect(card.button.length).toBeLessThanOrEqual(4);
        expect(/\p{Script=Han}/u.test(card.title)).toBe(languages[0] === "zh-CN");
      }
    }
  });
});
