import { stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { FolderPath } from "../../shared/contract/ids.ts";
import type { MailSession } from "../../shared/ports/mail-server.ts";
import { cuttingProxy } from "../support/cutting-proxy.ts";
import { listeningProxy } from "../support/listening-proxy.ts";
import { expectSameMailbox, snapshotMailbox } from "../support/mailbox-snapshot.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { makePass, plainAddress, realMailbox } from "../support/real-mailbox.ts";

const inbox = FolderPath.parse("INBOX");
const login = { mailbox: someone.user, user: someone.user, password: someone.password };

const messages = (count: number) =>
  Array.from({ length: count }, (_, number) => ({
    raw: Buffer.from(`Subject: mail ${number}\r\n\r\nx\r\n`),
    flags: [],
    internalDate: new Date(Date.UTC(2020, 0, 1, 0, number)).toISOString(),
  }));

const enter = async (server: { readonly host: string; readonly port: number }): Promise<MailSession> => {
  const address = { ...plainAddress("target", server), connections: 4 };
  const session = await imapMailServers().enter(address, login);
  onTestFinished(() => session.leave());
  return session;
};

const appended = async (session: MailSession, path: FolderPath, chunks: readonly number[]): Promise<void> => {
  for (const count of chunks) {
    const outcomes = await session.append(path, messages(count));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(outcomes.map(() => "stored"));
  }
  // Its turn comes behind whatever else the session has asked.
  await session.folderStatus(path);
};

/** What a date takes in Dovecot's index, at least. */
const octetsOfDate = 4;

/** What Dovecot's index holds of the messages of a fresh INBOX that came in such chunks, in octets. */
const indexedOf = async (chunks: readonly number[]): Promise<number> => {
  const dovecot = await privateDovecot();
  const session = await enter(dovecot);
  // One after the other, so that the look at the first is over when the next one comes.
  for (const count of chunks) await appended(session, inbox, [count]);
  const index = "mailboxes/INBOX/dbox-Mails/dovecot.index.cache";
  return (await stat(join(dovecot.maildirOf(someone.user), index))).size;
};

const looks = (commands: readonly string[]): readonly string[] =>
  commands.filter((command) => command.startsWith("UID FETCH"));

describe("a first look at what is being appended", () => {
  it("is taken once in each folder that much goes to", async () => {
    const listening = await listeningProxy(await privateDovecot());
    const session = await enter(listening);
    const work = await session.createFolder(["Work"]);
    const small = await session.createFolder(["Small"]);
    await appended(session, inbox, [40, 40, 40]);
    expect(looks(listening.heard())).toEqual(["UID FETCH 1 (UID FLAGS INTERNALDATE RFC822.SIZE)"]);
    await appended(session, small, [5, 5]);
    expect(looks(listening.heard())).toEqual([]);
    await appended(session, work, [5, 40, 40]);
    expect(looks(listening.heard())).toEqual(["UID FETCH 6 (UID FLAGS INTERNALDATE RFC822.SIZE)"]);
  });

  it("has Dovecot put the dates of what comes behind it into its index, so that it need not open a file for each", async () => {
    const taken = await indexedOf([40, 40, 40, 40]);
    const not = await indexedOf(Array.from({ length: 8 }, () => 20));
    expect(taken - not).toBeGreaterThanOrEqual(120 * octetsOfDate);
  });

  it.each(["request", "answer"] as const)(
    "loses and doubles nothing where the connection ends over its %s",
    async (swallow) => {
      const [source, target] = [await privateDovecot(), await privateDovecot()];
      const seeds = messages(150).map((message, number) => ({
        ...message,
        internalDate: new Date(Date.UTC(2020, 0, 1, 0, number)),
      }));
      await seedMailbox(source, someone.user, [{ path: "INBOX", messages: seeds }]);
      const proxy = await cuttingProxy(target);
      proxy.cutAt({ pattern: / UID FETCH 1 /, nth: 1, swallow });
      const { state, totals } = await makePass(await realMailbox(source, proxy));
      expect(proxy.cuts()).toBe(1);
      expect(state).toMatchObject({ status: "completed", pass: 1 });
      expect(totals?.messages).toEqual({ source: 150, copied: 150, alreadyThere: 0, refused: 0 });
      expectSameMailbox(
        await snapshotMailbox(source.accessOf(someone.user)),
        await snapshotMailbox(target.accessOf(someone.user)),
      );
    },
  );
});
