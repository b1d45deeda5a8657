import type { MailAddress, Timestamp } from "../contract/ids.ts";
import type { LinkTokens } from "../ports/link-tokens.ts";
import type { MemberLinkStore } from "../ports/member-link-store.ts";
import { secondsBetween } from "../time/moment.ts";
import { type Acceptance, type AcceptPasswordPorts, acceptPassword } from "./accept-password.ts";
import { amendAccess } from "./amend-access.ts";
import { adviceFor, type Text } from "./app-password-advice.ts";
import {
  lockOf,
  type OpenAccess,
  triesBeforeLock,
  withTriesForgotten,
  withTryCounted,
  withTryTakenBack,
} from "./counted-try.ts";
import { maskedAddress } from "./masked-address.ts";
import { holds, type OpenedLink, type OpenLinkPorts, openLink } from "./open-link.ts";
import { isPasswordWanted, takesPasswords } from "./password-needed.ts";

/** Whose password is asked for, as the page may show it. */
export interface PageSubject {
  readonly masked: string;
  readonly domain: string;
  readonly kind: "member" | "public";
  /** Whom to ask whether this is genuine; null when the settings name nobody. */
  readonly admin: MailAddress | null;
}

/** What the page says. */
export type PageState =
  /** Unknown, expired, revoked and worn out alike. */
  | { readonly state: "linkNotValid" }
  | { readonly state: "ask"; readonly subject: PageSubject; readonly hint: Text }
  | {
      readonly state: "refused";
      readonly subject: PageSubject;
      readonly remedy: Text;
      readonly triesLeft: number;
      /** What was typed in contains spaces, which often come along when something is copied. */
      readonly hasSpaces: boolean;
    }
  | {
      readonly state: "locked";
      readonly subject: PageSubject;
      readonly minutes: number;
      readonly remedy?: Text;
    }
  | { readonly state: "tryLater"; readonly subject: PageSubject }
  | { readonly state: "accepted"; readonly subject: PageSubject }
  | { readonly state: "alreadyAccepted"; readonly subject: PageSubject }
  /** The migration is over, or lets itself in without members' passwords by now. */
  | { readonly state: "notAsked"; readonly subject: PageSubject };

export interface MemberPagePorts extends AcceptPasswordPorts {
  readonly linkTokens: Pick<LinkTokens, "digestOf">;
  readonly memberLinks: Pick<MemberLinkStore, "link" | "access" | "replaceAccess">;
}

/** What somebody sees who follows a link. It changes nothing: mail scanners and previews follow links, too. */
export const showMemberPage = async (app: OpenLinkPorts, token: string): Promise<PageState> => {
  const opened = await openLink(app, token);
  return opened === null ? { state: "linkNotValid" } : standing(app, opened);
};

/** The page before anything is typed in. */
const standing = ({ clock }: Pick<OpenLinkPorts, "clock">, opened: OpenedLink): PageState => {
  const subject = subjectOf(opened);
  const { access, account, migration } = opened;
  if (!takesPasswords(migration)) return { state: "notAsked", subject };
  if (!isPasswordWanted(account)) return { state: "alreadyAccepted", subject };
  const now = clock.now();
  const lock = lockOf(access, now);
  if (lock !== null) return { state: "locked", subject, minutes: minutesUntil(now, lock) };
  return { state: "ask", subject, hint: adviceFor(migration.settings.source).before };
};

/**
 * Tries what somebody typed in. The try is counted before it is made and taken back when it said nothing about the password, also
 * when a port failed; a function that dies leaves it counted.
 */
export const submitPassword = async (
  app: MemberPagePorts,
  token: string,
  password: string,
): Promise<PageState> => {
  const opened = await openLink(app, token);
  if (opened === null) return { state: "linkNotValid" };
  const before = standing(app, opened);
  if (before.state !== "ask") return before;
  const counted = await countTry(app, opened.access);
  if (counted === null) return showMemberPage(app, token);

  const { migrationId, address } = counted;
  let acceptance: Acceptance | null = null;
  try {
    acceptance = await acceptPassword(app, { migrationId, address, password, by: "member" });
  } finally {
    if (acceptance?.outcome !== "refused") await settleTry(app, counted, acceptance?.outcome === "accepted");
  }
  return after(app, opened, counted, acceptance, /\s/.test(password));
};

/** Null when another try has locked the mailbox meanwhile, or the link was revoked. */
const countTry = async (app: MemberPagePorts, access: OpenAccess): Promise<OpenAccess | null> => {
  let counted: OpenAccess | null = null;
  await amendAccess(app, access, (current) => {
    counted = null;
    if (current === null || !holds(current) || current.link.digest !== access.link.digest) return null;
    const now = app.clock.now();
    if (lockOf(current, now) !== null) return null;
    counted = withTryCounted(current, now);
    return counted;
  });
  return counted;
};

const settleTry = async (app: MemberPagePorts, counted: OpenAccess, accepted: boolean): Promise<void> => {
  await amendAccess(app, counted, (current) => {
    if (current === null) return null;
    return accepted ? withTriesForgotten(current) : withTryTakenBack(current, counted);
  });
};

const after = (
  { clock }: Pick<OpenLinkPorts, "clock">,
  opened: OpenedLink,
  counted: OpenAccess,
  acceptance: Acceptance,
  hasSpaces: boolean,
): PageState => {
  const subject = subjectOf(opened);
  if (acceptance.outcome !== "refused") return { state: acceptance.outcome, subject };
  const { remedy } = acceptance;
  const now = clock.now();
  const lock = lockOf(counted, now);
  return lock === null
    ? { state: "refused", subject, remedy, triesLeft: triesBeforeLock - counted.failures, hasSpaces }
    : { state: "locked", subject, minutes: minutesUntil(now, lock), remedy };
};

const subjectOf = ({ account, migration }: OpenedLink): PageSubject => ({
  masked: maskedAddress(account.address),
  domain: migration.domain,
  kind: account.kind,
  admin: migration.settings.notices.admin ?? null,
});

const minutesUntil = (now: Timestamp, end: Timestamp): number => Math.ceil(secondsBetween(now, end) / 60);
