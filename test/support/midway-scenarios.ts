import { type CopyScenario, counts, mail } from "./copy-scenarios.ts";

/** What happens to folders and messages while they are being moved. */
export const midwayScenarios: readonly CopyScenario[] = [
  {
    /**
     * The target keeps the folder under its old name: mailferry deletes nothing there, and whether somebody works in it already
     * cannot be known. The messages are all found under the new name.
     */
    name: "a folder that is renamed between two passes",
    fill: ({ source }) => {
      source.create("Old name");
      for (const subject of ["one", "two"]) source.add("Old name", mail(subject));
    },
    between: ({ source }) => {
      source.rename("Old name", "New name");
      source.add("New name", mail("three"));
    },
    counts: counts(3),
    folders: { INBOX: 0, "Old name": 2, "New name": 3 },
  },
  {
    name: "a folder that is deleted between two passes",
    fill: ({ source }) => {
      source.create("Gone");
      source.add("Gone", mail("one"));
      source.add("INBOX", mail("two"));
    },
    between: ({ source }) => source.delete("Gone"),
    counts: counts(1),
    folders: { INBOX: 1, Gone: 1 },
  },
  {
    name: "a folder that is deleted and made again with other mail between two passes",
    fill: ({ source }) => {
      source.create("Work");
      for (const subject of ["one", "two"]) source.add("Work", mail(subject));
    },
    between: ({ source }) => {
      source.delete("Work");
      source.create("Work");
      for (const subject of ["two", "three"]) source.add("Work", mail(subject));
    },
    counts: counts(1, 1),
    folders: { INBOX: 0, Work: 3 },
  },
  {
    name: "messages that are expunged during the pass",
    fill: ({ source }) => {
      for (const subject of ["one", "two", "three"]) source.add("INBOX", mail(subject));
    },
    during: ({ source }) => source.remove("INBOX", 2),
    counts: counts(2),
    folders: { INBOX: 2 },
  },
  {
    name: "new mail during the pass, which the next one brings",
    fill: ({ source }) => {
      source.add("INBOX", mail("one"));
    },
    during: ({ source }) => {
      source.add("INBOX", mail("two"));
      source.create("New");
      source.add("New", mail("three"));
    },
    between: () => undefined,
    counts: counts(3),
    folders: { INBOX: 2, New: 1 },
  },
  {
    name: "a source folder that is replaced during the pass",
    fill: ({ source }) => {
      for (const subject of ["one", "two"]) source.add("INBOX", mail(subject));
    },
    during: ({ source }) => source.replaceUidValidity("INBOX"),
    between: () => undefined,
    counts: counts(2),
    folders: { INBOX: 2 },
  },
];
