import { createHash } from "node:crypto";
import type { Html } from "./page/html.ts";
import { style } from "./page/style.ts";

/** What an HTTP API makes an HTTP answer of (payload format 2.0). */
export interface PageResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const styleHash = createHash("sha256").update(style.markup).digest("base64");

/** Nothing is loaded, run, framed or sent anywhere but what the page itself brings: its style, by its hash, and its form. */
const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "img-src data:",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join("; ");

const headers = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": contentSecurityPolicy,
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
  // The token is in the address.
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "x-robots-tag": "noindex, nofollow",
} as const;

/** A page as an answer; `retryAfter` in seconds. */
export const respond = (statusCode: number, page: Html, retryAfter: number | null = null): PageResponse => ({
  statusCode,
  headers: { ...headers, ...(retryAfter === null ? {} : { "retry-after": String(retryAfter) }) },
  body: page.markup,
});
