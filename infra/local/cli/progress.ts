import type { Account } from "../../../shared/contract/account.ts";
import type { Language } from "../../../shared/contract/errors.ts";
import type { Migration } from "../../../shared/contract/migration.ts";
import type { ReportDocument } from "../../../shared/report/report-document.ts";
import { terminalLanguage } from "./language.ts";
import { printable } from "./printable.ts";
import { accountLine, headline, isActive, type Mailboxes, mailboxesAtEnd, mailboxesOf } from "./standing.ts";
import { standingPhrases } from "./standing-phrases.ts";

/** Where progress is shown: a live block on a terminal, plain lines otherwise. Always stderr, so that stdout stays a document. */
export interface Progress {
  /** One sentence that stays. */
  say(sentence: string): void;
  /** How things stand now; replaces what was shown before. */
  show(migration: Migration, accounts: readonly Account[]): void;
  /** Shows how everything ended, by the report, and leaves that picture standing. */
  end(migration: Migration, report: Pick<ReportDocument, "accounts">): void;
}

interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Progress on a stream, as a terminal or a log file wants it. */
export const progressOn = (
  output: Output,
  language: Language = terminalLanguage(),
  now: () => number = Date.now,
): Progress =>
  output.isTTY === true
    ? liveProgress(output, language, rateMeter(language, now))
    : plainProgress(output, language, rateMeter(language, now));

type RateMeter = (mailboxes: Mailboxes) => string;

const plainProgress = (output: Output, language: Language, rate: RateMeter): Progress => {
  let shown = "";
  const show = (migration: Migration, mailboxes: Mailboxes): void => {
    const standing = printable(headline(migration, mailboxes, language));
    if (standing === shown) return;
    shown = standing;
    output.write(`${standing}${rate(mailboxes)}\n`);
  };
  return {
    say: (sentence) => output.write(`${printable(sentence)}\n`),
    show: (migration, accounts) => show(migration, mailboxesOf(accounts)),
    end: (migration, report) => show(migration, mailboxesAtEnd(migration, report)),
  };
};

const maximumRows = 15;

const liveProgress = (output: Output, language: Language, rate: RateMeter): Progress => {
  let lines = 0;
  const clear = () => {
    if (lines > 0) output.write(`\u001b[${lines}A\u001b[0J`);
    lines = 0;
  };
  const width = () => Math.max(40, output.columns ?? 80) - 1;
  const show = (migration: Migration, mailboxes: Mailboxes, active: readonly Account[]): void => {
    clear();
    const rows = [
      `${headline(migration, mailboxes, language)}${rate(mailboxes)}`,
      ...active.slice(0, maximumRows).map(accountLine),
    ];
    for (const text of rows) output.write(`${clip(printable(text), width())}\n`);
    lines = rows.length;
  };
  return {
    say: (sentence) => {
      clear();
      output.write(`${printable(sentence)}\n`);
    },
    show: (migration, accounts) => show(migration, mailboxesOf(accounts), accounts.filter(isActive)),
    end: (migration, report) => {
      show(migration, mailboxesAtEnd(migration, report), []);
      lines = 0;
    },
  };
};

/** Messages a second since the first look, from what is moved in the present pass. */
const rateMeter = (language: Language, now: () => number): RateMeter => {
  let since: { at: number; copied: number } | undefined;
  return ({ messages: { copied } }) => {
    if (since === undefined || copied < since.copied) since = { at: now(), copied };
    const seconds = (now() - since.at) / 1_000;
    return seconds < 0.5 || copied === since.copied
      ? ""
      : standingPhrases.rate(Math.round((copied - since.copied) / seconds))[language];
  };
};

const clip = (text: string, width: number): string => {
  let used = 0;
  let clipped = "";
  for (const character of text) {
    used +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u.test(
        character,
      )
        ? 2
        : 1;
    if (used > width) break;
    clipped += character;
  }
  return clipped;
};
