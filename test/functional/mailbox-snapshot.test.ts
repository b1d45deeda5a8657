import type { ImapFlow } from "imapflow";
import { expect, test } from "vitest";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { describedMailbox } from "../support/mailbox-content.ts";
import { mailboxDifferences, openMailbox, snapshotMailbox } from "../support/mailbox-snapshot.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";

const message = (subject: string) => ({
  raw: Buffer.from(`Subject: ${subject}\r\n\r\n${subject}\r\n`),
  flags: ["\\Seen", "$label1"],
  internalDate: new Date("2021-05-06T07:08:09Z"),
});
const folders = [
  { path: "INBOX", messages: [message("one"), message("two")] },
  { path: "项目/合同", messages: [message("three")] },
];

const tamperings: readonly [string, (client: ImapFlow) => Promise<unknown>, RegExp][] = [
  ["a flag is taken away", (client) => client.messageFlagsRemove("1", ["\\Seen"]), /“one”.*flags/],
  ["a keyword is taken away", (client) => client.messageFlagsRemove("2", ["$label1"]), /“two”.*keywords/],
  ["a message is deleted", (client) => client.messageDelete("1"), /“one”.*is missing/],
  ["a message is doubled", (client) => client.messageCopy("2", "INBOX"), /“two”.*once too often/],
  [
    "a message comes with the date of now",
    async (client) => {
      const kept = message("two");
      await client.messageDelete("2");
      await client.append("INBOX", kept.raw, [...kept.flags]);
    },
    /“two”.*internalDate 2021-05-06T07:08:09 became/,
  ],
  ["a folder is deleted", (client) => client.mailboxDelete("项目/合同"), /folder 项目\/合同: is missing/],
  ["a folder is added", (client) => client.mailboxCreate("新"), /folder 新: was not expected/],
];

test("a filled mailbox reads as it was described, twice in the same way", async () => {
  const server = await privateDovecot();
  await seedMailbox(server, someone.user, folders);
  const first = await snapshotMailbox(server.accessOf(someone.user));
  expect(mailboxDifferences(describedMailbox(folders), first)).toEqual([]);
  expect(await snapshotMailbox(server.accessOf(someone.user))).toEqual(first);
});

test.each(tamperings)("the comparison goes red when %s", async (_, tamper, report) => {
  const server = await privateDovecot();
  await seedMailbox(server, someone.user, folders);
  await using client = await openMailbox(server.accessOf(someone.user));
  const lock = await client.getMailboxLock("INBOX");
  await tamper(client);
  lock.release();
  const found = await snapshotMailbox(server.accessOf(someone.user));
  expect(mailboxDifferences(describedMailbox(folders), found)).toEqual([expect.stringMatching(report)]);
});
