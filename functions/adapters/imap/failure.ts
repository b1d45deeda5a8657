import { z } from "zod";
import { isMailferryError, MailferryError } from "../../../shared/contract/errors.ts";
import type { FolderPath } from "../../../shared/contract/ids.ts";
import type { ServerAddress } from "../../../shared/ports/mail-server.ts";

const text = z.string().optional().catch(undefined);

/** What imapflow puts on its errors, as far as it is used here. */
const ImapFailure = z.object({
  message: z.string().catch(""),
  /** Node's and imapflow's own codes: `ECONNREFUSED`, `NoConnection`, `ETHROTTLE`, … */
  code: text,
  /** `NO` or `BAD` when the server answered. */
  responseStatus: text,
  /** The server's words. */
  responseText: text,
  /** RFC 5530: `UNAVAILABLE`, `OVERQUOTA`, … */
  serverResponseCode: text,
  /** The words of a BYE. */
  reason: text,
  authenticationFailed: z.boolean().catch(false),
  tlsFailed: z.boolean().catch(false),
});
export type ImapFailure = z.infer<typeof ImapFailure>;

/** Reads an error of imapflow; anything else thrown is a failure without particulars. */
export const readFailure = (thrown: unknown): ImapFailure =>
  ImapFailure.catch({ message: String(thrown), authenticationFailed: false, tlsFailed: false }).parse(thrown);

/** The server's words, without the response code in front of them. */
export const wordsOf = (failure: ImapFailure): string =>
  failure.responseText ?? failure.reason ?? failure.message;

/** RFC 5530 §3: these pass by themselves. */
export const busyCodes: ReadonlySet<string | null> = new Set(["UNAVAILABLE", "INUSE", "THROTTLED"]);
const busyWords =
  /\btemporar|try again|try later|too many (simultaneous |concurrent |open |user )*(connection|login|session|request|command|attempt)|throttl|rate limit|server busy|system busy|overload/i;

/** Whether the server asks to wait. `[LIMIT]` does not: Dovecot says it of a message that is too large. */
export const isBusy = (failure: ImapFailure): boolean => {
  if (failure.code === "ETHROTTLE") return true;
  if (failure.responseStatus === undefined) return false;
  const { serverResponseCode } = failure;
  return serverResponseCode === undefined
    ? busyWords.test(wordsOf(failure))
    : busyCodes.has(serverResponseCode);
};

/** A command that failed, named: the server is busy, the connection is gone, the folder is barred, or the answer is of no use. */
export const commandFailure = (
  { side, host }: ServerAddress,
  thrown: unknown,
  folder?: { readonly path: FolderPath | string; readonly mailbox: string },
): MailferryError => {
  if (isMailferryError(thrown)) return thrown;
  const failure = readFailure(thrown);
  const words = wordsOf(failure);
  const cause = { cause: thrown };
  if (isBusy(failure)) return new MailferryError("ServerBusy", { side, host, words }, cause);
  if (failure.responseStatus === undefined && !failure.code?.startsWith("Parser")) {
    return new MailferryError("ConnectionLost", { side, host, reason: words }, cause);
  }
  if (failure.responseStatus === "NO" && folder !== undefined) {
    const { path, mailbox } = folder;
    return new MailferryError("FolderUnusable", { folder: path, mailbox, side, words }, cause);
  }
  return new MailferryError("ServerAnswerUnusable", { side, host, what: words }, cause);
};
