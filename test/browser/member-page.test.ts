import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { textsIn } from "../../functions/member-page/page/render.ts";
import { launchBrowser, openPage, type Viewer } from "../support/browser.ts";
import { memberPageOverDovecot } from "../support/member-page-over-dovecot.ts";
import { type MemberPageWorld, memberPageWorld, rightPassword } from "../support/member-page-world.ts";
import { auditPage } from "../support/page-audit.ts";
import { someone } from "../support/private-dovecot.ts";
import { serveMemberPage } from "../support/served-member-page.ts";

const phone = { width: 375, height: 760 };
const desktop = { width: 1_280, height: 800 };

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const textsFor = ({ locale }: Viewer) => textsIn[locale === "zh-CN" ? "zhCN" : "en"];

describe("a member with a link", () => {
  it.each<Viewer>([
    { ...phone, locale: "zh-CN", colorScheme: "light" },
    { ...phone, locale: "en-US", colorScheme: "dark" },
    { ...desktop, locale: "zh-CN", colorScheme: "dark" },
    { ...desktop, locale: "en-US", colorScheme: "light" },
  ])("gives a wrong password and then the right one: $width px, $locale, $colorScheme", async (viewer) => {
    const { app, issue } = await memberPageOverDovecot();
    const pageUrl = await serveMemberPage(app);
    const { page, requested, complaints } = await openPage(browser, viewer);
    const texts = textsFor(viewer);

    const response = await page.goto(await issue(pageUrl));
    expect(response?.headers()["referrer-policy"]).toBe("no-referrer");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(texts.askTitle.member);
    expect(await page.getByRole("main").textContent()).toContain("s•••@mailferry.example");
    expect(await page.content()).not.toContain(someone.user);

    const field = page.getByLabel(texts.label);
    await field.fill("wrong-secret");
    await page.getByRole("button", { name: texts.submit }).click();
    expect(await page.getByRole("alert").textContent()).toContain(texts.refused);
    expect(await page.title()).toContain(texts.errorPrefix);
    expect(await field.inputValue()).toBe("");
    expect(await page.evaluate("document.activeElement.id")).toBe("password");

    await field.fill(someone.password);
    await page.getByRole("button", { name: texts.submit }).click();
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(texts.accepted.title);
    await page.goto(page.url());
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(texts.alreadyAccepted.title);

    expect(complaints).toEqual([]);
    for (const url of requested) expect(url.startsWith(`${pageUrl}/`)).toBe(true);
    expect(await page.context().cookies()).toEqual([]);
  });

  it("needs no more than a keyboard", async () => {
    const app = await memberPageWorld();
    const pageUrl = await serveMemberPage(app);
    const { page } = await openPage(browser, { ...desktop, locale: "en-US", colorScheme: "light" });
    await page.goto(`${pageUrl}/${await app.issue()}`);
    const focused: unknown[] = [];
    for (const _key of ["language", "password"]) {
      await page.keyboard.press("Tab");
      focused.push(await page.evaluate("document.activeElement.tagName"));
    }
    expect(focused).toEqual(["A", "INPUT"]);
    expect(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
    await page.keyboard.insertText(rightPassword);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.tagName")).toBe("BUTTON");
    await page.keyboard.press("Enter");
    await page.getByText(textsIn.en.accepted.title).waitFor();
    expect(app.mailServers.logins).toBe(1);
  });

  it("reads the page in the other language by its link, and stays in it", async () => {
    const app = await memberPageWorld();
    const pageUrl = await serveMemberPage(app);
    const { page } = await openPage(browser, { ...phone, locale: "en-US", colorScheme: "light" });
    await page.goto(`${pageUrl}/${await app.issue()}`);
    await page.getByRole("link", { name: textsIn.en.other.label }).click();
    await page.getByLabel(textsIn.zhCN.label).fill("wrong");
    await page.getByRole("button", { name: textsIn.zhCN.submit }).click();
    expect(await page.getByRole("alert").textContent()).toContain(textsIn.zhCN.refused);
    expect(await page.locator("html").getAttribute("lang")).toBe("zh-CN");
  });

  it("pastes a password, and finds nothing of it when going back", async () => {
    const app = await memberPageWorld();
    const pageUrl = await serveMemberPage(app);
    const { page } = await openPage(browser, { ...desktop, locale: "en-US", colorScheme: "light" });
    await page.goto(`${pageUrl}/${await app.issue()}`);
    const field = page.getByLabel(textsIn.en.label);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.evaluate("navigator.clipboard.writeText('from the clipboard')");
    await field.focus();
    await page.keyboard.press("ControlOrMeta+V");
    expect(await field.inputValue()).toBe("from the clipboard");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").waitFor();
    await page.goBack();
    expect(await field.inputValue()).toBe("");
  });
});

/** What leads to each state of the page: the token to open, and what is typed in there. */
const waysTo: Readonly<Record<string, (app: MemberPageWorld) => Promise<{ token: string; typed?: string }>>> =
  {
    "link not valid": async () => ({ token: "unknown" }),
    ask: async (app) => ({ token: await app.issue() }),
    refused: async (app) => ({ token: await app.issue(), typed: "wrong" }),
    locked: async (app) => {
      const token = await app.issue();
      await app.lock(token);
      return { token };
    },
    "try later": async (app) => {
      app.mailServers.failNext("ServerBusy");
      return { token: await app.issue(), typed: rightPassword };
    },
    accepted: async (app) => ({ token: await app.issue(), typed: rightPassword }),
  };

describe("every state of the page", () => {
  const ways = Object.keys(waysTo).flatMap((name) =>
    (["zh-CN", "en-US"] as const).map((locale) => ({ name, locale })),
  );

  it.each(ways)("can be read and used by everybody: $name, $locale", async ({ name, locale }) => {
    const app = await memberPageWorld();
    const { token, typed } = (await waysTo[name]?.(app)) ?? { token: "" };
    const viewer: Viewer = { ...phone, locale, colorScheme: "light" };
    const { page, complaints } = await openPage(browser, viewer);
    await page.goto(`${await serveMemberPage(app)}/${token}`);
    if (typed !== undefined) {
      await page.getByLabel(textsFor(viewer).label).fill(typed);
      await page.getByRole("button").click();
    }
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      for (const width of [320, 1_280]) {
        await page.setViewportSize({ width, height: 640 });
        // Letters twice as large (WCAG 2.2, 1.4.4): everything still fits.
        for (const letters of ["100%", "200%"]) {
          await page.evaluate(`document.documentElement.style.fontSize = "${letters}"`);
          expect({ colorScheme, width, letters, faults: await auditPage(page) }).toMatchObject({
            faults: [],
          });
        }
      }
    }
    expect(complaints).toEqual([]);
  });

  it("would be found wanting if it were", async () => {
    const { page } = await openPage(browser, { ...phone, locale: "en-US", colorScheme: "light" });
    await page.setContent(
      `<main><p style="color: #999; background: #fff; width: 2000px">pale</p><a href="#" aria-describedby="none"></a>
      <input id="one" style="border: 1px solid #eee"></main>`,
    );
    const found = [
      ...[/no language/, /no title/, /not one first heading/, /no label: one/, /a target without a name/],
      ...[
        /leads nowhere: none/,
        /contrast 2\.85: pale/,
        /outline 1\.\d+: one/,
        /target of \d/,
        /wider than the window/,
      ],
    ];
    const faults = (await auditPage(page)).join("\n");
    for (const fault of found) expect(faults).toMatch(fault);
  });
});
