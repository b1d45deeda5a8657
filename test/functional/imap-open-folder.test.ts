import { describe, expect, it, onTestFinished } from "vitest";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { FolderPath } from "../../shared/contract/ids.ts";
import { uidOf, uidRange, uidSetOf } from "../../shared/copy/uid-set.ts";
import type { MailSession } from "../../shared/ports/mail-server.ts";
import { collected } from "../support/collected.ts";
import { countTurns } from "../support/counted-turns.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { plainAddress } from "../support/real-mailbox.ts";
import { scriptedImap } from "../support/scripted-imap.ts";

const inbox = FolderPath.parse("INBOX");
const login = { mailbox: someone.user, user: someone.user, password: someone.password };

const enter = async (server: { readonly host: string; readonly port: number }): Promise<MailSession> => {
  const session = await imapMailServers().enter(plainAddress("source", server), login);
  onTestFinished(() => session.leave());
  return session;
};

const started = async () => {
  const dovecot = await privateDovecot({});
  const messages = Array.from({ length: 5 }, (_, number) => ({
    raw: Buffer.from(`Subject: ${number}\r\n\r\n`),
    flags: [],
    internalDate: new Date(Date.UTC(2020, 0, 1, 0, number)),
  }));
  await seedMailbox(dovecot, someone.user, [{ path: "INBOX", messages }]);
  const counted = await countTurns(dovecot);
  return { counted, session: await enter(counted), other: await enter(dovecot) };
};

/** Dovecot tells of a folder that is open what it knew when it was opened, for as long as nobody opens it anew. */
const readings: readonly (readonly [how: string, open: (session: MailSession) => Promise<unknown>])[] = [
  ["its metadata were read", (session) => session.metadata(inbox, uidRange(1, 5))],
  ["its messages were read", (session) => collected(session.fetch(inbox, uidRange(1, 5)))],
  ["its UIDs were listed", (session) => session.uids(inbox)],
];

describe.each(readings)("a folder that is open because %s", (_, open) => {
  it("is described as it is by now when it is asked about, in one round trip", async () => {
    const { counted, session, other } = await started();
    await session.subscribe(inbox);
    await session.survey();
    const before = await session.folderStatus(inbox);
    await open(session);
    await other.setFlags(inbox, [{ uid: uidOf(2), flags: ["\\Flagged"] }]);
    counted.reset();
    const flagged = await session.folderStatus(inbox);
    expect(counted.turns()).toBe(1);
    expect(flagged).toMatchObject({ messages: 5, uidNext: 6, uidValidity: before?.uidValidity });
    expect(Number(flagged?.highestModseq)).toBeGreaterThan(Number(before?.highestModseq));
    await other.remove(inbox, uidSetOf([3]));
    expect(await session.folderStatus(inbox)).toMatchObject({ messages: 4 });
    expect(await session.folderStatus(inbox)).toEqual(await other.folderStatus(inbox));
  });

  it("is described as it is by now in the survey, in the round trip of the survey", async () => {
    const { counted, session, other } = await started();
    await session.subscribe(inbox);
    await session.survey();
    await open(session);
    await other.remove(inbox, uidSetOf([3]));
    counted.reset();
    const [surveyed] = await session.survey();
    expect(counted.turns()).toBe(1);
    expect(surveyed?.status).toEqual(await other.folderStatus(inbox));
    expect(surveyed?.status?.messages).toBe(4);
    // Nothing is believed to be open that is not.
    expect(await session.metadata(inbox, uidRange(1, 5))).toHaveLength(4);
    expect(await session.uids(inbox)).toBe("1:2,4:5");
  });
});

describe("a folder that is open", () => {
  it("is none of the survey's business where the server will not close it", async () => {
    const server = await scriptedImap(
      (command) => {
        if (command.startsWith("CLOSE")) return "TAG NO not now";
        if (command.startsWith("LIST"))
          return '* LIST () "/" INBOX\r\n* STATUS INBOX (MESSAGES 9 UIDNEXT 10 UIDVALIDITY 1)\r\nTAG OK';
        return undefined;
      },
      { capability: "IMAP4rev1 AUTH=PLAIN SASL-IR LIST-STATUS" },
    );
    const session = await enter(server);
    expect(await session.survey()).toMatchObject([{ path: "INBOX", status: { messages: 9 } }]);
    await session.metadata(inbox, uidRange(1, 3)).catch(() => undefined);
    expect(await session.survey()).toMatchObject([{ path: "INBOX", status: null }]);
    expect(server.commands).toContain("CLOSE");
  });

  it("is what its STATUS says when it cannot be opened anew", async () => {
    let isBarred = false;
    const server = await scriptedImap((command) =>
      isBarred && /^(EXAMINE|STATUS)/.test(command) ? "TAG NO [NOPERM] Not any more." : undefined,
    );
    const session = await enter(server);
    await session.metadata(inbox, uidRange(1, 3)).catch(() => undefined);
    isBarred = true;
    await expect(session.folderStatus(inbox)).rejects.toMatchObject({ name: "FolderUnusable" });
    expect(server.commands.filter((command) => /^(EXAMINE|STATUS)/.test(command)).slice(-2)).toEqual([
      'EXAMINE "INBOX"',
      expect.stringMatching(/^STATUS INBOX/),
    ]);
  });

  it.each([
    { opened: "[HIGHESTMODSEQ 7] ok", asked: false, highestModseq: "7" },
    { opened: "[NOMODSEQ] ok", asked: false, highestModseq: null },
    { opened: "ok", asked: true, highestModseq: "9" },
  ])(
    "is asked for its STATUS where opening it does not tell of mod-sequences: $opened",
    async ({ opened, asked, highestModseq }) => {
      const server = await scriptedImap(
        (command) => {
          if (command.startsWith("STATUS"))
            return "* STATUS INBOX (MESSAGES 2 UIDNEXT 3 UIDVALIDITY 1 HIGHESTMODSEQ 9)\r\nTAG OK";
          if (!command.startsWith("EXAMINE")) return undefined;
          const told = `* OK [UIDVALIDITY 1] ok\r\n* OK [UIDNEXT 3] ok\r\n* OK ${opened}`;
          return `* 5 EXISTS\r\n* OK [CLOSED] ok\r\n* 2 EXISTS\r\n${told}\r\nTAG OK`;
        },
        { capability: "IMAP4rev1 AUTH=PLAIN SASL-IR CONDSTORE" },
      );
      const session = await enter(server);
      const status = { uidValidity: "1", uidNext: 3, messages: 2, highestModseq };
      expect(await session.folderStatus(inbox)).toEqual(status);
      expect(server.commands.some((command) => command.startsWith("STATUS"))).toBe(asked);
    },
  );
});
