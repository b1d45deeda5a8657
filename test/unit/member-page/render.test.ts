import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { renderFailure, renderPage, textsIn } from "../../../functions/member-page/page/render.ts";
import { MailAddress } from "../../../shared/contract/ids.ts";
import { adviceFor } from "../../../shared/credentials/app-password-advice.ts";
import type { PageState, PageSubject } from "../../../shared/credentials/member-page.ts";

const subject: PageSubject = {
  masked: "a•••@example.test",
  domain: "example.test",
  kind: "member",
  admin: MailAddress.parse("it@example.test"),
};
const advice = adviceFor({ host: "imap.exmail.qq.com" });

const states: readonly PageState[] = [
  { state: "linkNotValid" },
  { state: "ask", subject, hint: advice.before },
  { state: "refused", subject, remedy: advice.member, triesLeft: 2, hasSpaces: false },
  { state: "locked", subject, minutes: 15, remedy: advice.member },
  { state: "tryLater", subject },
  { state: "accepted", subject },
  { state: "alreadyAccepted", subject },
  { state: "notAsked", subject },
];

/** The tags of a document, without their text. */
const tagsOf = (markup: string): string => [...markup.matchAll(/<[^>]*>/g)].map(([tag]) => tag).join("");

describe.each(["en", "zhCN"] as const)("the page in %s", (language) => {
  it.each(states.map((state) => [state.state, state] as const))(
    "is a whole document without a script: %s",
    (_name, state) => {
      const { markup } = renderPage(state, language);
      expect(markup).toMatch(/^<!doctype html>\n<html lang="(en|zh-CN)">/);
      expect(markup.match(/<h1/g)).toHaveLength(1);
      expect(markup.match(/<main/g)).toHaveLength(1);
      expect(markup).not.toMatch(/<script|javascript:|\son\w+=|https?:\/\//i);
      expect(markup).not.toContain("undefined");
      expect(markup).toContain(`href="?lang=${textsIn[language].other.tag}"`);
    },
  );

  it("labels the field, lets it be pasted into, and names what describes it", () => {
    const { markup } = renderPage(
      { state: "refused", subject, remedy: advice.member, triesLeft: 2, hasSpaces: false },
      language,
    );
    expect(markup).toContain('<label for="password">');
    expect(markup).toMatch(
      /<input id="password" name="password" type="password" autocomplete="current-password"/,
    );
    expect(markup).toMatch(/aria-describedby="complaint" aria-invalid="true"/);
    expect(markup).toMatch(/id="complaint" role="alert"/);
    expect(markup).toContain(advice.member[language]);
  });

  it("points at spaces in what was refused, which come along when something is copied", () => {
    const refused = { state: "refused", subject, remedy: advice.member, triesLeft: 2 } as const;
    const page = (hasSpaces: boolean) => renderPage({ ...refused, hasSpaces }, language).markup;
    expect(page(true)).toContain(textsIn[language].spaces);
    expect(page(false)).not.toContain(textsIn[language].spaces);
  });

  it("says what was wrong with a form that was not looked into", () => {
    const ask: PageState = { state: "ask", subject, hint: advice.before };
    const { markup } = renderPage(ask, language, "missing");
    expect(markup).toContain(textsIn[language].problems.missing);
    expect(markup).toMatch(/aria-describedby="complaint hint"/);
    expect(renderPage(ask, language).markup).toContain(` aria-describedby="hint">`);
  });

  it("never lets what it shows become markup", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (masked, domain) => {
        const tried = { state: "ask", subject: { ...subject, masked, domain }, hint: advice.before } as const;
        const plain = { state: "ask", subject, hint: advice.before } as const;
        expect(tagsOf(renderPage(tried, language).markup)).toBe(tagsOf(renderPage(plain, language).markup));
      }),
    );
  });

  it("says nothing of any mailbox when the link does not hold, or when something of ours fails", () => {
    expect(renderPage({ state: "linkNotValid" }, language).markup).not.toContain("@example");
    expect(renderPage({ state: "linkNotValid" }, language).markup).not.toContain("•••");
    expect(renderFailure(language).markup).toContain(textsIn[language].failed.title);
  });

  it("counts hours when minutes become many", () => {
    const locked = (minutes: number) => renderPage({ state: "locked", subject, minutes }, language).markup;
    expect(locked(1)).toMatch(/1 (minute[^s]|分钟)/);
    expect(locked(90)).toMatch(/90 (minutes|分钟)/);
    expect(locked(1_440)).toMatch(/24 (hours|小时)/);
  });

  it("speaks of a public mailbox as one", () => {
    const page = renderPage(
      { state: "ask", subject: { ...subject, kind: "public" }, hint: advice.before },
      language,
    );
    expect(page.markup).toContain(textsIn[language].askTitle.public);
  });
});
