import { describe, expect, it } from "vitest";
import type { SeedMessage } from "../../infra/local/demo/seeding/append-messages.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { type GmailLabels, gmailProxy } from "../support/gmail-proxy.ts";
import { listeningProxy } from "../support/listening-proxy.ts";
import { openMailbox, snapshotMailbox } from "../support/mailbox-snapshot.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { makePass, realMailbox } from "../support/real-mailbox.ts";

const allMail = "[Gmail]/所有邮件";
const sentMail = "[Gmail]/已发邮件";
const capability = [
  ...["IMAP4rev1", "UNSELECT", "NAMESPACE", "ID", "UIDPLUS", "ENABLE", "CONDSTORE", "ESEARCH"],
  ...["LIST-EXTENDED", "LIST-STATUS", "SPECIAL-USE", "X-GM-EXT-1"],
];

const message = (subject: string): SeedMessage => ({
  raw: Buffer.from(`Subject: ${subject}\r\n\r\n${subject}\r\n`),
  flags: ["\\Seen"],
  internalDate: new Date(Date.UTC(2014, 5, 6, 7, 8, 9)),
});

/** Every message with its labels; a message's UID in All Mail is its place. */
const mailbox: readonly (readonly [subject: string, ...labels: string[]])[] = [
  ["inbox", "\\Important", "\\Inbox"],
  ["archived"],
  ["sent", "\\Sent"],
  ["labelled", "客户/合同 2024", "\\Starred"],
  ["ampersand", "R&D"],
  ["important", "\\Important", "\\Starred"],
  ["hidden", "R&D/private"],
  ["to be archived", "\\Inbox"],
];

const labelOf: Readonly<Record<string, string>> = { INBOX: "\\Inbox", [sentMail]: "\\Sent" };

/** A mailbox as Gmail shows it, copied once. */
const copied = async () => {
  const source = await privateDovecot({
    capability,
    specialUse: [
      { path: allMail, use: "\\All" },
      { path: sentMail, use: "\\Sent" },
    ],
  });
  const target = await privateDovecot({ specialUse: [{ path: "归档", use: "\\Archive" }] });
  const folders = ["INBOX", sentMail, "客户/合同 2024", "R&D"].map((path) => ({
    path,
    messages: mailbox
      .filter(([, ...labels]) => labels.includes(labelOf[path] ?? path))
      .map(([subject]) => message(subject)),
  }));
  const all = { path: allMail, messages: mailbox.map(([subject]) => message(subject)) };
  await seedMailbox(source, someone.user, [all, ...folders]);
  await seedMailbox(target, someone.user, [{ path: "归档", messages: [] }]);
  const labels: GmailLabels = new Map(mailbox.map(([, ...carried], index) => [index + 1, carried]));
  const proxy = await listeningProxy(await gmailProxy(source, labels));
  const world = await realMailbox(proxy, target);
  const { state, totals } = await makePass(world);
  expect(state).toMatchObject({ status: "completed", copiedInPass: 8 });
  expect(totals?.messages).toEqual({ source: 8, copied: 8, alreadyThere: 0, refused: 0 });
  const archived = async () => {
    const { folders: held } = await snapshotMailbox(target.accessOf(someone.user));
    return { paths: [...held.keys()].toSorted(), archive: held.get("归档")?.map(({ subject }) => subject) };
  };
  const about = () => proxy.heard().filter((said) => /^(LIST|STATUS|EXAMINE|UID)/.test(said));
  return { source, labels, world, archived, about };
};

describe("archived mail of a real mailbox that shows it as Gmail does", () => {
  it("is copied into the target's archive, with what only hidden labels lead to, and nothing else is", async () => {
    const { archived } = await copied();
    expect(await archived()).toEqual({
      paths: ["INBOX", "R&D", "客户/合同 2024", "已发邮件", "归档"],
      archive: ["archived", "important", "hidden"],
    });
  });

  it("costs nothing while nothing has changed", async () => {
    const { world, about } = await copied();
    about();
    expect((await makePass(world)).state).toMatchObject({ status: "completed", copiedInPass: 0 });
    expect(about().map((said) => said.split(" ")[0])).toEqual(["LIST"]);
  });

  it("is found when it is archived later, under the UID that it always had, with one question for labels in a visit", async () => {
    const { source, labels, world, archived, about } = await copied();
    const client = await openMailbox(source.accessOf(someone.user));
    await client.mailboxOpen("INBOX");
    await client.messageDelete({ header: { subject: "to be archived" } });
    await client.logout();
    labels.delete(mailbox.length);
    about();
    world.visitMilliseconds = 60_000;
    const { state, totals } = await makePass(world);
    expect(state).toMatchObject({ status: "completed", copiedInPass: 1 });
    expect(totals?.messages).toEqual({ source: 8, copied: 8, alreadyThere: 0, refused: 0 });
    expect((await archived()).archive).toEqual(["archived", "important", "hidden", "to be archived"]);
    expect(about().filter((said) => said.includes("X-GM-LABELS"))).toHaveLength(1);
  });
});
