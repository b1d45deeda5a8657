import type { Account, MailboxTotals } from "../contract/account.ts";
import { type Language, MailferryError } from "../contract/errors.ts";
import type { LinkSeen } from "./link-sentence.ts";
import { reasonOf } from "./reason.ts";
import type { ReportLine } from "./report-document.ts";

const nothing: MailboxTotals = {
  messages: { source: 0, copied: 0, alreadyThere: 0, refused: 0 },
  bytes: { source: 0, copied: 0 },
};

/**
 * An account's line. A mailbox that says it is completed but does not add up counts as failed: a message unaccounted for is
 * a message that may be lost.
 */
export const reportLine = (account: Account, link: LinkSeen | null = null): ReportLine => {
  const { address, target, name, copiedEver, state, totals = nothing } = account;
  const isUnbalanced = state.status === "completed" && !isBalanced(totals);
  return {
    address,
    target,
    name,
    status: isUnbalanced ? "failed" : state.status,
    reason: whyNotCompleted(account, "en", link),
    messages: totals.messages,
    bytes: totals.bytes,
    ...(totals.verification === undefined ? {} : { verification: totals.verification }),
    copiedEver,
  };
};

/** Why an account is not completed, or does not count as such, in the reader's language; null when it is, or nothing holds it up. */
export const whyNotCompleted = (
  account: Account,
  language: Language,
  link: LinkSeen | null = null,
): string | null => {
  const { state, totals } = account;
  return state.status === "completed" && totals !== undefined && !isBalanced(totals)
    ? unbalanced(account, totals).in(language)
    : reasonOf(account, language, link);
};

/** Every message of the source is copied, was already there, or was refused; there is no remainder. */
export const isBalanced = ({ messages }: Pick<MailboxTotals, "messages">): boolean =>
  messages.source === messages.copied + messages.alreadyThere + messages.refused;

/** What is wrong with an account whose messages do not add up. */
export const unbalanced = ({ address }: Pick<Account, "address">, { messages }: MailboxTotals) =>
  new MailferryError("MailboxUnbalanced", { mailbox: address, ...messages });
