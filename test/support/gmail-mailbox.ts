import type { Uid } from "../../shared/contract/ids.ts";
import type { FakeMailServer, FakeServerOptions } from "./fake-mail-server.ts";

/** What Gmail's IMAP says of itself, as far as it matters here. */
export const gmailOptions: FakeServerOptions = {
  capabilities: ["IMAP4rev1", "UIDPLUS", "CONDSTORE", "LIST-STATUS", "X-GM-EXT-1"],
};

export const allMail = "[Gmail]/All Mail";

/** The folders that Gmail has of its own, each with the label that stands for it. */
const ownFolders: ReadonlyMap<string, { readonly path: string; readonly specialUse: string | null }> =
  new Map([
    ["\\Inbox", { path: "INBOX", specialUse: null }],
    ["\\Sent", { path: "[Gmail]/Sent Mail", specialUse: "\\Sent" }],
    ["\\Draft", { path: "[Gmail]/Drafts", specialUse: "\\Drafts" }],
    ["\\Important", { path: "[Gmail]/Important", specialUse: "\\Important" }],
    ["\\Starred", { path: "[Gmail]/Starred", specialUse: "\\Flagged" }],
  ]);

/** Gives a server the folders of a mailbox at Gmail, and one for each of the member's own labels that is shown in IMAP. */
export const openGmail = (server: FakeMailServer, ...labels: readonly string[]): void => {
  server.create("[Gmail]", { selectable: false });
  server.create(allMail, { specialUse: "\\All" });
  for (const { path, specialUse } of ownFolders.values())
    if (path !== "INBOX") server.create(path, { specialUse });
  for (const label of labels) server.create(label);
};

/** Puts a message into the mailbox and gives its UID in All Mail. */
export const deliver = (server: FakeMailServer, raw: string, ...labels: readonly string[]): Uid => {
  const uid = server.add(allMail, raw);
  for (const label of labels) addLabel(server, uid, label);
  return uid;
};

/** Labels a message: it shows in the folder of the label, if there is one in IMAP, under a UID that it never had there. */
export const addLabel = (server: FakeMailServer, uid: Uid, label: string): void => {
  const message = labelled(server, uid, (labels) => [...labels, label]);
  if (isShown(server, label)) {
    server.add(pathOf(label), message.raw, message.flags, message.internalDate);
  }
};

/** Takes a label away, as archiving takes `\Inbox` away: the message stays in All Mail under the UID that it has. */
export const removeLabel = (server: FakeMailServer, uid: Uid, label: string): void => {
  const { raw } = labelled(server, uid, (labels) => labels.filter((other) => other !== label));
  if (!isShown(server, label)) return;
  const there = server.folder(pathOf(label)).messages.find((message) => message.raw === raw);
  if (there !== undefined) server.remove(pathOf(label), there.uid);
};

const labelled = (
  server: FakeMailServer,
  uid: Uid,
  change: (labels: readonly string[]) => readonly string[],
) => {
  const message = server.folder(allMail).messages.find((one) => one.uid === uid);
  if (message === undefined) throw new Error(`All Mail has no message ${uid}.`);
  message.labels = change(message.labels ?? []);
  // At Gmail a changed label is a change of the message (RFC 7162 MODSEQ).
  server.setFlags(allMail, uid, message.flags);
  return message;
};

const isShown = (server: FakeMailServer, label: string): boolean =>
  [...server.folders.keys()].some((path) => path === pathOf(label));

const pathOf = (label: string): string => ownFolders.get(label)?.path ?? label;
