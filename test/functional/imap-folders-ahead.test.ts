import { describe, expect, it, onTestFinished } from "vitest";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { FolderPath } from "../../shared/contract/ids.ts";
import { uidSetOf } from "../../shared/copy/uid-set.ts";
import type { MailServers } from "../../shared/ports/mail-server.ts";
import { instead } from "../support/instead.ts";
import { expectSameMailbox, snapshotMailbox } from "../support/mailbox-snapshot.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { makePass, plainAddress, realMailbox } from "../support/real-mailbox.ts";

const inbox = FolderPath.parse("INBOX");
const login = { mailbox: someone.user, user: someone.user, password: someone.password };

/** Messages of so many octets each. */
const messagesOf = (count: number, octets: number) =>
  Array.from({ length: count }, (_, number) => ({
    raw: Buffer.from(`Subject: mail ${number}\r\n\r\n${"0123456789abc\r\n".repeat(octets / 15)}`),
    flags: [],
    internalDate: new Date(Date.UTC(2020, 0, 1, 0, number)),
  }));

describe("folders that are read ahead of the one that is being copied", () => {
  it("are in nobody's way when a message of that one has gone, and the source has to be asked about it", async () => {
    const [source, target] = [await privateDovecot(), await privateDovecot()];
    await seedMailbox(source, someone.user, [
      { path: "INBOX", messages: messagesOf(40, 30_000) },
      { path: "Else", messages: messagesOf(3, 600_000) },
      { path: "Work", messages: messagesOf(3, 600_000) },
    ]);
    const servers = imapMailServers();
    const other = await servers.enter(plainAddress("source", source), login);
    onTestFinished(() => other.leave());
    const enter: MailServers["enter"] = async (server, as) => {
      const session = await servers.enter(server, as);
      if (server.side === "target") return session;
      return instead(session, {
        sizes: async (path, uids) => {
          const sizes = await session.sizes(path, uids);
          if (path === inbox) await other.remove(inbox, uidSetOf([3]));
          return sizes;
        },
      });
    };
    const world = await realMailbox(source, target, {}, { enter });
    world.visitMilliseconds = 60_000;
    const { state, totals } = await makePass(world);
    expect(state).toMatchObject({ status: "completed", copiedInPass: 45 });
    expect(totals?.messages).toEqual({ source: 45, copied: 45, alreadyThere: 0, refused: 0 });
    expectSameMailbox(
      await snapshotMailbox(source.accessOf(someone.user)),
      await snapshotMailbox(target.accessOf(someone.user)),
    );
  });
});
