import { createHash } from "node:crypto";
import { describe, expect, it, onTestFinished } from "vitest";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { FolderPath } from "../../shared/contract/ids.ts";
import { uidRange, uidSetOf } from "../../shared/copy/uid-set.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { plainAddress } from "../support/real-mailbox.ts";

const inbox = FolderPath.parse("INBOX");
const login = { mailbox: someone.user, user: someone.user, password: someone.password };

const started = async (bodies: readonly Buffer[]) => {
  const dovecot = await privateDovecot();
  const messages = bodies.map((raw) => ({ raw, flags: [], internalDate: new Date(Date.UTC(2020, 0, 1)) }));
  await seedMailbox(dovecot, someone.user, [{ path: "INBOX", messages }]);
  const session = await imapMailServers().enter(plainAddress("source", dovecot), login);
  onTestFinished(() => session.leave());
  return session;
};

describe("digests of messages on a real server", () => {
  it("are of the octets as they are fetched, of messages of any size", async () => {
    const sizes = [0, 1, 1_023, 65_536, 200_000, 3_000_000];
    const session = await started(
      sizes.map((size) => Buffer.from(`Subject: ${size}\r\n\r\n${"é漢\r\n".repeat(size / 7)}`)),
    );
    const digests = await session.digests(inbox, uidRange(1, sizes.length));
    expect(digests.size).toBe(sizes.length);
    for await (const { uid, raw } of session.fetch(inbox, uidRange(1, sizes.length)))
      expect(digests.get(uid)).toBe(createHash("sha256").update(raw).digest("hex"));
  });

  it("are not there of messages that are gone, and of a folder that is gone there are none", async () => {
    const session = await started([Buffer.from("a\r\n\r\n"), Buffer.from("b\r\n\r\n")]);
    await session.remove(inbox, uidSetOf([1]));
    expect([...(await session.digests(inbox, uidSetOf([1, 2, 9]))).keys()]).toEqual([2]);
    expect((await session.digests(inbox, uidSetOf([]))).size).toBe(0);
    await expect(session.digests(FolderPath.parse("Gone"), uidSetOf([1]))).rejects.toMatchObject({
      name: "FolderUnusable",
    });
  });
});
