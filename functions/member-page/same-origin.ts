import type { MemberPageRequest } from "../../events/member-page-request.ts";

/**
 * Whether a form was sent from our own page. Browsers say so themselves (Sec-Fetch-Site); only older ones are judged by Origin, which
 * is `null` from our page, because it sends no referrer (Fetch, "append a request Origin header"). There is no cookie to abuse, and
 * who knows the link needs no other's browser: this keeps others' pages from counting tries against a mailbox.
 */
export const isSameOrigin = ({ headers, requestContext }: MemberPageRequest): boolean => {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin";
  const { origin } = headers;
  if (origin === undefined || origin === "null") return true;
  const host = URL.parse(origin)?.host;
  return host !== undefined && (host === headers.host || host === requestContext.domainName);
};
