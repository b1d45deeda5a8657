import { bareAddress } from "./send-request.ts";

/** What becomes of a mail to one address. */
export type Fate = "delivered" | "bounced" | "suppressed" | "complained";

/**
 * The addresses of the mailbox simulator, with or without a label after a plus
 * (https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html#send-email-simulator); every other address is
 * delivered to, which here means: the mail lies in the outbox. The automatic answer of `ooto` goes to a mailbox, not to events.
 */
export const fateOf = (recipient: string): Fate => {
  const [, name = ""] =
    /^([a-z]+)(?:\+[^@]*)?@simulator\.amazonses\.com$/.exec(bareAddress(recipient).toLowerCase()) ?? [];
  return fates.get(name) ?? "delivered";
};

const fates: ReadonlyMap<string, Fate> = new Map([
  ["bounce", "bounced"],
  ["suppressionlist", "suppressed"],
  ["complaint", "complained"],
]);
