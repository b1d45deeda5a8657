import type { MessageCounts } from "../../shared/contract/account.ts";
import { FakeMailServer, type FakeServerOptions } from "./fake-mail-server.ts";

/** The two ends of a scenario. */
export interface Ends {
  readonly source: FakeMailServer;
  readonly target: FakeMailServer;
}

/** A mailbox, what happens to it between two passes, and what must have become of it in the end. */
export interface CopyScenario {
  readonly name: string;
  readonly source?: FakeServerOptions;
  readonly target?: FakeServerOptions;
  fill(ends: Ends): void;
  /** Happens in the midst of the first pass, when it is planned. */
  during?(ends: Ends): void;
  /** Happens between the first pass and the second; without it there is one pass. */
  between?(ends: Ends): void;
  readonly counts: MessageCounts;
  /** Messages of each target folder in the end, by its path. */
  readonly folders: Readonly<Record<string, number>>;
}

/** A message of its own. */
export const mail = (subject: string, body = `The body of ${subject}.`): string =>
  `Message-ID: <${subject.replaceAll(" ", ".")}@example>\r\nSubject: ${subject}\r\n\r\n${body}\r\n`;

/** What adds up. */
export const counts = (copied: number, alreadyThere = 0, refused = 0): MessageCounts => ({
  source: copied + alreadyThere + refused,
  copied,
  alreadyThere,
  refused,
});

export const copyScenarios: readonly CopyScenario[] = [
  {
    name: "an empty target",
    fill: ({ source }) => {
      for (const subject of ["one", "two", "three"]) source.add("INBOX", mail(subject), ["\\Seen", "urgent"]);
      source.create("Work");
      source.add("Work", mail("four"), [], "1999-12-31T23:59:59.000Z");
    },
    counts: counts(4),
    folders: { INBOX: 3, Work: 1 },
  },
  {
    name: "a target that another tool has partly filled",
    fill: ({ source, target }) => {
      for (const subject of ["one", "two", "three", "four"]) source.add("INBOX", mail(subject));
      target.add("INBOX", mail("somebody else's"));
      target.add("INBOX", mail("three").replaceAll("\r\n", "\n"));
      target.add("INBOX", mail("one").trimEnd());
      target.add("INBOX", mail("one", "Another message of the same size."));
    },
    counts: counts(3, 1),
    folders: { INBOX: 7 },
  },
  {
    name: "twins, one of which the target has already",
    fill: ({ source, target }) => {
      for (let twin = 0; twin < 3; twin += 1) source.add("INBOX", mail("twin"));
      target.add("INBOX", mail("twin"));
    },
    counts: counts(2, 1),
    folders: { INBOX: 3 },
  },
  {
    name: "a twin that comes after its like was recognised",
    fill: ({ source, target }) => {
      source.add("INBOX", mail("twin"));
      target.add("INBOX", mail("twin"));
    },
    between: ({ source }) => {
      source.add("INBOX", mail("twin"));
    },
    counts: counts(1, 1),
    folders: { INBOX: 2 },
  },
  {
    name: "messages without a Message-ID",
    fill: ({ source }) => {
      for (const body of ["first", "second", "first"])
        source.add("INBOX", `Subject: draft\r\n\r\n${body}\r\n`);
      source.add("INBOX", "");
    },
    counts: counts(4),
    folders: { INBOX: 4 },
  },
  {
    name: "one Message-ID on different messages",
    fill: ({ source, target }) => {
      for (const body of ["first body", "other body"]) source.add("INBOX", mail("same", body));
      target.add("INBOX", mail("same", "third body"));
    },
    counts: counts(2),
    folders: { INBOX: 3 },
  },
  {
    name: "a message that the target refuses",
    target: {
      refuses: (raw) =>
        new TextDecoder().decode(raw).includes("huge") ? { code: "TOOBIG", words: "Too big." } : null,
    },
    fill: ({ source }) => {
      for (const subject of ["one", "huge", "two"]) source.add("INBOX", mail(subject));
    },
    counts: counts(2, 0, 1),
    folders: { INBOX: 2 },
  },
  {
    name: "a refused message that the target takes in the next pass",
    target: { refuses: () => ({ code: "OVERQUOTA", words: "Quota exceeded." }) },
    fill: ({ source }) => {
      source.add("INBOX", mail("one"));
    },
    between: ({ target }) => {
      target.refuses = () => null;
    },
    counts: counts(1),
    folders: { INBOX: 1 },
  },
  {
    name: "a target that does not tell UIDs",
    target: { capabilities: ["IMAP4rev1"] },
    fill: ({ source, target }) => {
      target.add("INBOX", mail("there before"));
      for (const subject of ["one", "twin", "twin", "there before"]) source.add("INBOX", mail(subject));
    },
    counts: counts(3, 1),
    folders: { INBOX: 4 },
  },
  {
    name: "new mail between two passes",
    fill: ({ source }) => {
      source.add("INBOX", mail("one"));
    },
    between: ({ source }) => {
      source.add("INBOX", mail("one"));
      source.add("INBOX", mail("two"));
      source.create("New");
      source.add("New", mail("three"));
    },
    counts: counts(4),
    folders: { INBOX: 3, New: 1 },
  },
  {
    name: "flags that change between two passes",
    fill: ({ source }) => {
      source.add("INBOX", mail("one"), ["\\Seen", "\\Flagged"]);
      source.add("INBOX", mail("two"));
    },
    between: ({ source }) => {
      source.setFlags("INBOX", 1, ["\\Answered"]);
      source.setFlags("INBOX", 2, ["\\Seen", "later"]);
    },
    counts: counts(2),
    folders: { INBOX: 2 },
  },
  {
    name: "flags that change, on a source without CONDSTORE",
    source: { capabilities: ["IMAP4rev1"] },
    fill: ({ source }) => {
      source.add("INBOX", mail("one"), ["\\Seen"]);
    },
    between: ({ source }) => {
      source.setFlags("INBOX", 1, ["\\Flagged"]);
    },
    counts: counts(1),
    folders: { INBOX: 1 },
  },
  {
    name: "Chinese, nested and awkward folder names onto another separator and prefix",
    target: { separator: ".", prefix: "INBOX." },
    fill: ({ source, target }) => {
      source.create("项目/2024/合同 v1.2");
      source.add("项目/2024/合同 v1.2", mail("contract"));
      source.create("项目", { selectable: false });
      source.create("已发送", { specialUse: "\\Sent" });
      source.add("已发送", mail("sent"));
      source.create("Sent Messages");
      source.add("Sent Messages", mail("sent long ago"));
      target.create("INBOX.Sent", { specialUse: "\\Sent" });
    },
    counts: counts(3),
    folders: { INBOX: 0, "INBOX.Sent": 1, "INBOX.Sent Messages": 1, "INBOX.项目.2024.合同 v1_2": 1 },
  },
  {
    name: "a source folder whose UIDVALIDITY changes",
    fill: ({ source }) => {
      for (const subject of ["one", "two", "twin", "twin"]) source.add("INBOX", mail(subject));
    },
    between: ({ source }) => {
      source.replaceUidValidity("INBOX");
      source.add("INBOX", mail("three"));
    },
    counts: counts(1, 4),
    folders: { INBOX: 5 },
  },
  {
    name: "a target folder whose UIDVALIDITY changes",
    fill: ({ source }) => {
      for (const subject of ["one", "two", "twin", "twin"]) source.add("INBOX", mail(subject));
    },
    between: ({ target }) => target.replaceUidValidity("INBOX"),
    counts: counts(0, 4),
    folders: { INBOX: 4 },
  },
  {
    name: "new mail, changed flags and lost messages where the list of folders tells their status",
    source: { capabilities: ["IMAP4rev1", "UIDPLUS", "CONDSTORE", "LIST-STATUS"] },
    target: { capabilities: ["IMAP4rev1", "UIDPLUS", "CONDSTORE", "LIST-STATUS"] },
    fill: ({ source }) => {
      source.create("Untouched");
      source.add("Untouched", mail("zero"));
      for (const subject of ["one", "two", "three"]) source.add("INBOX", mail(subject));
    },
    between: ({ source }) => {
      source.remove("INBOX", 1);
      source.setFlags("INBOX", 2, ["\\Seen"]);
      source.add("INBOX", mail("four"));
    },
    counts: counts(4),
    folders: { INBOX: 4, Untouched: 1 },
  },
  {
    name: "messages that the source loses between two passes",
    fill: ({ source }) => {
      for (const subject of ["one", "two"]) source.add("INBOX", mail(subject));
    },
    between: ({ source }) => {
      source.remove("INBOX", 1);
      source.add("INBOX", mail("three"));
    },
    counts: counts(2),
    folders: { INBOX: 3 },
  },
];

/** The ends of a scenario, filled. */
export const endsOf = (scenario: CopyScenario): Ends => {
  const ends = { source: new FakeMailServer(scenario.source), target: new FakeMailServer(scenario.target) };
  scenario.fill(ends);
  return ends;
};
