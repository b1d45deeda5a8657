import { expect, test } from "vitest";
import { thinCapability } from "../../infra/local/demo/dovecot/options.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { describedMailbox } from "../support/mailbox-content.ts";
import { mailboxDifferences, openMailbox, snapshotMailbox } from "../support/mailbox-snapshot.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";

const message = (bytes: number) => ({
  raw: Buffer.from(`Subject: filler\r\n\r\n${"x".repeat(bytes)}\r\n`),
  flags: ["\\Seen"],
  internalDate: new Date("2020-01-01T00:00:00Z"),
});

test("a thin server announces neither LITERAL+ nor MULTIAPPEND", async () => {
  const server = await privateDovecot({ capability: thinCapability });
  await using client = await openMailbox(server.accessOf(someone.user));
  expect([...client.capabilities.keys()].toSorted()).toEqual([...thinCapability].toSorted());
});

test.each(["sdbox", "maildir"] as const)(
  "a server with Courier's names keeps mail in %s",
  async (storage) => {
    const server = await privateDovecot({ separator: ".", namespacePrefix: "INBOX.", storage });
    const folders = [{ path: "INBOX.项目.合同", messages: [message(10), message(20)] }];
    await seedMailbox(server, someone.user, folders);
    const found = await snapshotMailbox(server.accessOf(someone.user));
    expect(mailboxDifferences(describedMailbox(folders), found)).toEqual([]);
  },
);

test("a mailbox over its quota answers OVERQUOTA", async () => {
  const server = await privateDovecot({ quotaBytes: 20_000 });
  await seedMailbox(server, someone.user, [{ path: "INBOX", messages: [message(15_000)] }]);
  const more = seedMailbox(server, someone.user, [{ path: "INBOX", messages: [message(15_000)] }]);
  await expect(more).rejects.toThrow("[OVERQUOTA]");
});

test("a message that is too large is refused, a smaller one is not", async () => {
  const server = await privateDovecot({ largestMessageBytes: 10_000 });
  const large = seedMailbox(server, someone.user, [{ path: "INBOX", messages: [message(11_000)] }]);
  await expect(large).rejects.toThrow("NO");
  expect(await seedMailbox(server, someone.user, [{ path: "INBOX", messages: [message(9_000)] }])).toBe(1);
});

test("a user's connections are limited as wanted", async () => {
  const server = await privateDovecot({ connectionsPerUser: 1 });
  const access = server.accessOf(someone.user);
  await using first = await openMailbox(access);
  await expect(openMailbox(access)).rejects.toMatchObject({
    // Debian's versions of it say one or the other.
    serverResponseCode: expect.stringMatching(/^(LIMIT|UNAVAILABLE)$/),
    responseText: expect.stringContaining("mail_max_userip_connections=1"),
  });
  expect(first.usable).toBe(true);
});

test("a folder carries the special use it was given", async () => {
  const server = await privateDovecot({ specialUse: [{ path: "已发送", use: "\\Sent" }] });
  await seedMailbox(server, someone.user, [{ path: "已发送", messages: [] }]);
  await using client = await openMailbox(server.accessOf(someone.user));
  const sent = (await client.list()).find(({ path }) => path === "已发送");
  expect(sent?.flags).toContain("\\Sent");
});
