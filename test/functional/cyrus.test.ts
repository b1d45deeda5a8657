import { describe, expect, it } from "vitest";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import type { SeedMessage } from "../../infra/local/demo/seeding/append-messages.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { FolderPath } from "../../shared/contract/ids.ts";
import { asPlain } from "../support/cyrus/as-plain.ts";
import { expectSameMailbox, snapshotMailbox } from "../support/mailbox-snapshot.ts";
import { privateCyrus } from "../support/private-cyrus.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { makePass, plainAddress, realMailbox } from "../support/real-mailbox.ts";

const message = (subject: string, flags: readonly string[] = [], hour = 0): SeedMessage => ({
  raw: Buffer.from(`Subject: ${subject}\r\nMessage-ID: <same@example>\r\n\r\n密码 ${subject}\r\n`),
  flags,
  internalDate: new Date(Date.UTC(2012, 0, 9, hour, 30, 1)),
});

const inbox = Array.from({ length: 30 }, (_, number) => message(`mail ${number}`, ["\\Seen"], number % 24));
const contract = message("合同", ["\\Flagged", "$Forwarded", "urgent"]);
const twins = [message("twin"), message("twin"), message("twin", ["\\Answered"])];
const endless: SeedMessage = {
  ...message("no end"),
  raw: Buffer.from("Subject: no end\r\n\r\nno line's end"),
};

describe("a mailbox copied to Cyrus", () => {
  it("is the same byte for byte below INBOX., dots in names replaced, and stays so when repeated", async () => {
    const [source, target] = [await privateDovecot(), await privateCyrus()];
    await seedMailbox(source, someone.user, [
      { path: "INBOX", messages: [...inbox, endless] },
      { path: "项目/合同 & 发票", messages: [contract] },
      { path: "Twins", messages: twins },
    ]);
    const world = await realMailbox(source, target);
    const first = await makePass(world);
    expect(first.state).toMatchObject({ status: "completed", copiedInPass: 35 });
    const from = await snapshotMailbox(source.accessOf(someone.user));
    expectSameMailbox(from, asPlain(await snapshotMailbox(target.accessOf(someone.user)), ["项目"]));
    expect((await makePass(world)).state).toMatchObject({ status: "completed", copiedInPass: 0 });
    expectSameMailbox(from, asPlain(await snapshotMailbox(target.accessOf(someone.user)), ["项目"]));
    const records = await world.mailboxes.folders(world.account);
    expect(records.map(({ targetPath }) => targetPath)).toContain("INBOX.项目.合同 & 发票");
  });

  it("keeps everything but what Cyrus refuses, which is named with its words", async () => {
    const [source, target] = [await privateDovecot(), await privateCyrus()];
    const odd = { ...message("odd"), raw: Buffer.from("Subject: odd\r\nthis is no header\r\n\r\nbody\r\n") };
    await seedMailbox(source, someone.user, [{ path: "INBOX", messages: [...inbox, odd] }]);
    const world = await realMailbox(source, target);
    const { state, totals } = await makePass(world);
    expect(state.status).toBe("completed");
    expect(totals?.messages).toEqual({ source: 31, copied: 30, alreadyThere: 0, refused: 1 });
    const [refused, ...others] = await world.mailboxes.refused(world.account);
    expect(others).toEqual([]);
    expect(refused).toMatchObject({ subject: "odd", class: "malformed" });
    expect(refused?.words).toMatch(/header/i);
  });

  it("fails when Cyrus puts an X for what is not ASCII in a header and takes the message all the same", async () => {
    const [source, target] = [await privateDovecot(), await privateCyrus({ changesHeaders: true })];
    await seedMailbox(source, someone.user, [{ path: "INBOX", messages: [contract, message("ascii")] }]);
    const { state } = await makePass(await realMailbox(source, target));
    expect(state).toMatchObject({ status: "failed", error: { name: "MailboxUnbalanced" } });
  });

  it("is told that a message with a bare LF is refused, and that the others are stored", async () => {
    const cyrus = await privateCyrus();
    const login = { mailbox: someone.user, user: someone.user, password: someone.password };
    const session = await imapMailServers().enter(plainAddress("target", cyrus), login);
    const raws = ["Subject: a\r\n\r\nbare\nfeed\r\n", "Subject: b\r\n\r\nfine\r\n"].map((raw) =>
      Buffer.from(raw),
    );
    const messages = raws.map((raw) => ({ raw, flags: [], internalDate: "2012-01-09T00:00:00.000Z" }));
    const outcomes = await session.append(FolderPath.parse("INBOX"), messages);
    expect(outcomes).toMatchObject([{ outcome: "refused" }, { outcome: "stored" }]);
    await session.leave();
    const { folders } = await snapshotMailbox(cyrus.accessOf(someone.user));
    expect(folders.get("INBOX")).toHaveLength(1);
  });
});

describe("a mailbox copied from Cyrus", () => {
  it("is the same byte for byte, its folders out of INBOX.", async () => {
    const [source, target] = [await privateCyrus(), await privateDovecot()];
    await seedMailbox(source, someone.user, [
      { path: "INBOX", messages: inbox },
      { path: "INBOX.项目.合同", messages: [contract] },
      { path: "INBOX.Twins", messages: twins },
    ]);
    const world = await realMailbox(source, target);
    expect((await makePass(world)).state).toMatchObject({ status: "completed", copiedInPass: 34 });
    const from = asPlain(await snapshotMailbox(source.accessOf(someone.user)));
    expectSameMailbox(from, await snapshotMailbox(target.accessOf(someone.user)));
    expect((await makePass(world)).state).toMatchObject({ status: "completed", copiedInPass: 0 });
  });
});
