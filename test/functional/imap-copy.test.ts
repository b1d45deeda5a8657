import { describe, expect, it } from "vitest";
import { thinCapability } from "../../infra/local/demo/dovecot/options.ts";
import type { SeedMessage } from "../../infra/local/demo/seeding/append-messages.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { cuttingProxy } from "../support/cutting-proxy.ts";
import { expectSameMailbox, openMailbox, snapshotMailbox } from "../support/mailbox-snapshot.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { makePass, realMailbox } from "../support/real-mailbox.ts";

const message = (subject: string, flags: readonly string[] = [], hour = 0): SeedMessage => ({
  raw: Buffer.from(`Subject: ${subject}\r\nMessage-ID: <same@example>\r\n\r\n密码 ${subject}\r\n`),
  flags,
  internalDate: new Date(Date.UTC(2012, 0, 9, hour, 30, 1)),
});

const inbox = Array.from({ length: 40 }, (_, number) => message(`mail ${number}`, ["\\Seen"], number % 24));

const folders = [
  { path: "INBOX", messages: inbox },
  { path: "项目/合同 & 发票", messages: [message("合同", ["\\Flagged", "$Forwarded", "urgent"])] },
  { path: "Twins", messages: [message("twin"), message("twin"), message("twin", ["\\Answered"])] },
  { path: "Empty", messages: [] },
];

const balanced = { source: 44, copied: 44, alreadyThere: 0, refused: 0 };

describe("a mailbox copied from Dovecot to Dovecot", () => {
  it("is the same byte for byte, with flags, keywords, dates and folders, and stays so when repeated", async () => {
    const [source, target] = [await privateDovecot(), await privateDovecot()];
    await seedMailbox(source, someone.user, folders);
    const world = await realMailbox(source, target);
    const first = await makePass(world);
    expect(first.state).toMatchObject({ status: "completed", copiedInPass: 44 });
    expect(first.totals?.messages).toEqual(balanced);
    const [from, to] = [
      await snapshotMailbox(source.accessOf(someone.user)),
      await snapshotMailbox(target.accessOf(someone.user)),
    ];
    expectSameMailbox(from, to);
    const second = await makePass(world);
    expect(second.state).toMatchObject({ status: "completed", copiedInPass: 0 });
    expectSameMailbox(from, await snapshotMailbox(target.accessOf(someone.user)));
  });

  it("carries new mail and changed flags over in the next pass", async () => {
    const [source, target] = [await privateDovecot(), await privateDovecot()];
    await seedMailbox(source, someone.user, folders);
    const world = await realMailbox(source, target);
    await makePass(world);
    await seedMailbox(source, someone.user, [{ path: "INBOX", messages: [message("new")] }]);
    const client = await openMailbox(source.accessOf(someone.user));
    await client.mailboxOpen("INBOX");
    await client.messageFlagsSet("1:3", ["\\Flagged", "todo"], { uid: true });
    await client.logout();
    expect((await makePass(world)).state).toMatchObject({ status: "completed", copiedInPass: 1 });
    expectSameMailbox(
      await snapshotMailbox(source.accessOf(someone.user)),
      await snapshotMailbox(target.accessOf(someone.user)),
    );
  });

  it("is recognised message by message when the records are lost", async () => {
    const [source, target] = [await privateDovecot(), await privateDovecot()];
    await seedMailbox(source, someone.user, folders);
    await makePass(await realMailbox(source, target));
    const again = await makePass(await realMailbox(source, target));
    expect(again.state).toMatchObject({ status: "completed", copiedInPass: 0 });
    expect(again.totals?.messages).toEqual({ ...balanced, copied: 0, alreadyThere: 44 });
    expectSameMailbox(
      await snapshotMailbox(source.accessOf(someone.user)),
      await snapshotMailbox(target.accessOf(someone.user)),
    );
  });

  it("goes onto a thin server with another separator, a prefix and special folders of its own", async () => {
    const source = await privateDovecot({ specialUse: [{ path: "已发送", use: "\\Sent" }] });
    const target = await privateDovecot({
      capability: thinCapability,
      separator: ".",
      namespacePrefix: "INBOX.",
    });
    await seedMailbox(target, someone.user, [{ path: "INBOX.Sent Messages", messages: [] }]);
    await seedMailbox(source, someone.user, [
      { path: "已发送", messages: [message("sent")] },
      { path: "A/v1.2", messages: [message("dotted")] },
    ]);
    const world = await realMailbox(source, target);
    expect((await makePass(world)).state).toMatchObject({ status: "completed" });
    const names = new Map([
      ["已发送", "INBOX.Sent Messages"],
      ["A/v1.2", "INBOX.A.v1_2"],
    ]);
    expectSameMailbox(
      await snapshotMailbox(source.accessOf(someone.user)),
      await snapshotMailbox(target.accessOf(someone.user)),
      { folderMapping: (path) => names.get(path) ?? path },
    );
  });

  it("records what the target refuses with its words and goes on", async () => {
    const [source, target] = [await privateDovecot(), await privateDovecot({ largestMessageBytes: 10_000 })];
    const large = {
      ...message("large"),
      raw: Buffer.from(`Subject: large\r\n\r\n${"x\r\n".repeat(10_000)}`),
    };
    await seedMailbox(source, someone.user, [
      { path: "INBOX", messages: [message("one"), large, message("two")] },
    ]);
    const world = await realMailbox(source, target);
    const { state, totals } = await makePass(world);
    expect(state).toMatchObject({ status: "completed", pass: 1 });
    expect(totals?.messages).toEqual({ source: 3, copied: 2, alreadyThere: 0, refused: 1 });
    const [refused] = await world.mailboxes.refused(world.account);
    expect(refused).toMatchObject({ subject: "large", uid: 2, sourcePath: "INBOX", size: large.raw.length });
    expect(refused).toMatchObject({ class: "too-large", words: expect.stringContaining("larger") });
  });
});

describe("the one connection to a mailbox when it is cut", () => {
  it.each([
    { where: "the answer to an APPEND is lost", pattern: / APPEND INBOX/, nth: 20, swallow: "answer" },
    { where: "an APPEND does not arrive", pattern: / APPEND INBOX/, nth: 20, swallow: "request" },
    { where: "the answer to a STATUS is lost", pattern: / STATUS /, nth: 2, swallow: "answer" },
    { where: "the goodbye is not answered", pattern: / LOGOUT/, nth: 1, swallow: "request" },
  ] as const)("loses and doubles nothing when $where", async ({ pattern, nth, swallow }) => {
    const [source, target] = [await privateDovecot(), await privateDovecot()];
    await seedMailbox(source, someone.user, folders);
    const proxy = await cuttingProxy(target);
    proxy.cutAt({ pattern, nth, swallow });
    const world = await realMailbox(source, proxy, { connectionsPerMailbox: 1 });
    const { state, totals } = await makePass(world);
    expect(proxy.cuts()).toBe(1);
    expect(state).toMatchObject({ status: "completed", pass: 1 });
    expect(totals?.messages).toEqual(balanced);
    expectSameMailbox(
      await snapshotMailbox(source.accessOf(someone.user)),
      await snapshotMailbox(target.accessOf(someone.user)),
    );
  });

  it("loses and doubles nothing when a FETCH is cut in the middle", async () => {
    const [source, target] = [await privateDovecot(), await privateDovecot()];
    await seedMailbox(source, someone.user, folders);
    const proxy = await cuttingProxy(source);
    proxy.cutAt({ pattern: /BODY\.PEEK\[\]/, nth: 1, swallow: "answer" });
    const world = await realMailbox(proxy, target);
    expect((await makePass(world)).state).toMatchObject({ status: "completed" });
    expect(proxy.cuts()).toBe(1);
    expectSameMailbox(
      await snapshotMailbox(source.accessOf(someone.user)),
      await snapshotMailbox(target.accessOf(someone.user)),
    );
  });
});
