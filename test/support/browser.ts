import { type Browser, chromium, type Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { programFile } from "../../infra/local/demo/real-programs.ts";

/** How somebody looks at a page. */
export interface Viewer {
  readonly width: number;
  readonly height: number;
  readonly locale: "zh-CN" | "en-US";
  readonly colorScheme: "light" | "dark";
}

/** A page in a browser, with all it did that it should not have. */
export interface WatchedPage {
  readonly page: Page;
  /** Every URL that was asked for, data URLs left out. */
  readonly requested: readonly string[];
  /** What the browser's console complained of: violations of the content security policy and anything else. */
  readonly complaints: readonly string[];
}

/** Chromium, headless, that knows no host but loopback. It is the caller's to close. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: programFile("chromium"),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ],
  });

/** A fresh profile for the running test, gone when it has finished. */
export const openPage = async (
  browser: Browser,
  { width, height, locale, colorScheme }: Viewer,
): Promise<WatchedPage> => {
  const context = await browser.newContext({ viewport: { width, height }, locale, colorScheme });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const requested: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) requested.push(request.url());
  });
  page.on("console", (message) => {
    // A page that says no with 404 or 422 is shown all the same; the console notes it as a failed resource.
    if (message.text().startsWith("Failed to load resource: the server responded")) return;
    if (!["warning", "error"].includes(message.type())) return;
    complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return { page, requested, complaints };
};
