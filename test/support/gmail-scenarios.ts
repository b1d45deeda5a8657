import { type CopyScenario, counts, mail } from "./copy-scenarios.ts";
import type { FakeMailServer } from "./fake-mail-server.ts";
import { addLabel, allMail, deliver, gmailOptions, openGmail, removeLabel } from "./gmail-mailbox.ts";

/** The UID, in All Mail, of the message with this subject. */
const uidOf = (source: FakeMailServer, subject: string) => {
  const found = source
    .folder(allMail)
    .messages.find(({ raw }) => new TextDecoder().decode(raw) === mail(subject));
  if (found === undefined) throw new Error(`All Mail has no ${subject}.`);
  return found.uid;
};

/** Archived mail at Gmail, which lies in All Mail and nowhere else. */
export const gmailScenarios: readonly CopyScenario[] = [
  {
    name: "archived mail at Gmail, once",
    source: gmailOptions,
    fill: ({ source, target }) => {
      target.create("归档", { specialUse: "\\Archive" });
      openGmail(source, "客户/合同 2024", "Q&A");
      deliver(source, mail("inbox"), "\\Inbox", "\\Important");
      deliver(source, mail("archived"));
      deliver(source, mail("sent"), "\\Sent");
      deliver(source, mail("draft"), "\\Draft");
      deliver(source, mail("starred"), "\\Starred", "\\Important");
      deliver(source, mail("labelled"), "客户/合同 2024", "\\Starred");
      deliver(source, mail("twice"), "Q&A", "\\Inbox");
      deliver(source, mail("hidden"), "not shown in IMAP");
    },
    counts: counts(9),
    folders: { INBOX: 2, 归档: 3, Drafts: 1, "Sent Mail": 1, "客户/合同 2024": 1, "Q&A": 1 },
  },
  {
    name: "mail that is archived between two passes and while the first one goes on",
    source: gmailOptions,
    fill: ({ source }) => {
      openGmail(source);
      for (const subject of ["one", "two", "three"]) deliver(source, mail(subject), "\\Inbox");
      deliver(source, mail("archived"));
    },
    during: ({ source }) => removeLabel(source, uidOf(source, "two"), "\\Inbox"),
    between: ({ source }) => {
      removeLabel(source, uidOf(source, "three"), "\\Inbox");
      deliver(source, mail("four"), "\\Inbox");
    },
    counts: counts(5),
    folders: { INBOX: 3, Archive: 3, Drafts: 0, "Sent Mail": 0 },
  },
  {
    name: "archived mail that is labelled between two passes",
    source: gmailOptions,
    fill: ({ source }) => {
      openGmail(source, "Work");
      for (const subject of ["one", "two"]) deliver(source, mail(subject));
    },
    between: ({ source }) => addLabel(source, uidOf(source, "one"), "Work"),
    counts: counts(2),
    folders: { INBOX: 0, Archive: 2, Work: 1, Drafts: 0, "Sent Mail": 0 },
  },
  {
    name: "archived mail that changes places with other mail",
    source: gmailOptions,
    fill: ({ source }) => {
      openGmail(source);
      deliver(source, mail("one"));
      deliver(source, mail("two"), "\\Inbox");
    },
    between: ({ source }) => {
      addLabel(source, uidOf(source, "one"), "\\Inbox");
      removeLabel(source, uidOf(source, "two"), "\\Inbox");
    },
    counts: counts(2),
    folders: { INBOX: 2, Archive: 2, Drafts: 0, "Sent Mail": 0 },
  },
];
