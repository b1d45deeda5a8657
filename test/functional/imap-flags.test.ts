import { describe, expect, it, onTestFinished } from "vitest";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { FolderPath, Uid } from "../../shared/contract/ids.ts";
import { uidRange } from "../../shared/copy/uid-set.ts";
import type { MailSession } from "../../shared/ports/mail-server.ts";
import { countTurns } from "../support/counted-turns.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { plainAddress } from "../support/real-mailbox.ts";
import { type ImapScript, scriptedImap } from "../support/scripted-imap.ts";

const paths = ["INBOX", "Work", "项目"].map((path) => FolderPath.parse(path));
const [inbox = FolderPath.parse("INBOX")] = paths;
const login = { mailbox: someone.user, user: someone.user, password: someone.password };
const uid = (number: number): Uid => Uid.parse(number);

const enter = async (server: { readonly host: string; readonly port: number }): Promise<MailSession> => {
  const session = await imapMailServers().enter(plainAddress("target", server), login);
  onTestFinished(() => session.leave());
  return session;
};

/** Three folders of six messages each, of which the last one is marked \Deleted. */
const started = async () => {
  const dovecot = await privateDovecot();
  const messages = Array.from({ length: 6 }, (_, number) => ({
    raw: Buffer.from(`Subject: mail ${number}\r\n\r\n`),
    flags: number === 5 ? ["\\Deleted"] : [],
    internalDate: new Date(Date.UTC(2020, 0, 1, 0, number)),
  }));
  for (const path of paths) await seedMailbox(dovecot, someone.user, [{ path, messages }]);
  const counted = await countTurns(dovecot);
  const session = await enter(counted);
  await session.survey();
  counted.reset();
  return { counted, session };
};

const changes = [
  { uid: uid(1), flags: ["\\Seen"] },
  { uid: uid(2), flags: ["\\Seen", "work"] },
  { uid: uid(4), flags: ["\\Seen"] },
  { uid: uid(99), flags: ["\\Seen"] },
];

const flagsIn = async (session: MailSession, path: FolderPath): Promise<readonly string[]> => {
  const found = await session.metadata(path, uidRange(1, 6));
  return found.map(({ uid, flags }) => [uid, ...flags.toSorted()].join(" "));
};

describe("the flags of several folders", () => {
  it("are set in one round trip, and nothing that is marked \\Deleted goes with them", async () => {
    const { counted, session } = await started();
    await Promise.all(paths.map((path) => session.setFlags(path, changes)));
    expect({ turns: counted.turns(), connections: counted.connections() }).toEqual({
      turns: 1,
      connections: 0,
    });
    expect(counted.heard().match(/ UID STORE /g)).toHaveLength(2 * paths.length);
    // Closes what is open, which would expunge if it were open for writing.
    await session.survey();
    for (const path of paths) {
      const flags = ["1 \\Seen", "2 \\Seen work", "3", "4 \\Seen", "5", "6 \\Deleted"];
      expect(await flagsIn(session, path)).toEqual(flags);
    }
  });

  it("that are kept for good are learnt in one round trip, once, and nothing goes with that either", async () => {
    const { counted, session } = await started();
    const ask = () => Promise.all([...paths, ...paths].map((path) => session.permanentFlags(path)));
    const kept = await ask();
    for (const flags of kept) expect(flags).toEqual(expect.arrayContaining(["\\Seen", "\\Draft", "\\*"]));
    expect(counted.turns()).toBe(1);
    expect(counted.heard().match(/ SELECT /g)).toHaveLength(paths.length);
    await ask();
    expect(counted.turns()).toBe(1);
    const survey = await session.survey();
    expect(survey.map(({ status }) => status?.messages)).toEqual([6, 6, 6]);
  });
});

describe("the messages of several folders", () => {
  it("are named in one round trip", async () => {
    const { counted, session } = await started();
    expect(await Promise.all(paths.map((path) => session.uids(path)))).toEqual(["1:6", "1:6", "1:6"]);
    expect(counted.turns()).toBe(1);
  });
});

describe("a server that refuses to set flags", () => {
  const setting = async (script: ImapScript) => {
    const server = await scriptedImap(script);
    const session = await enter(server);
    const done = session.setFlags(inbox, changes);
    const stores = () => server.commands.filter((command) => command.startsWith("UID STORE"));
    return { done, stores };
  };
  const toStore =
    (answer: string): ImapScript =>
    (command) =>
      command.startsWith("UID STORE") ? answer : undefined;

  it("is asked for each kind by itself, so that the others have theirs", async () => {
    const { done, stores } = await setting((command) =>
      /^UID STORE.*work/.test(command) ? "TAG NO [EXPUNGEISSUED] Some are gone." : undefined,
    );
    await done;
    const both = ["UID STORE 1,4,99 ", "UID STORE 2 "];
    expect(stores().map((command) => command.replace(/FLAGS.*$/, ""))).toEqual([...both, ...both]);
  });

  it.each([
    ["TAG NO [NOPERM] Not yours.", "ServerAnswerUnusable", { what: "STORE was refused (NOPERM)" }],
    ["TAG NO Not now.", "ServerAnswerUnusable", { what: "STORE was refused (no code)" }],
    ["TAG NO [UNAVAILABLE] Later.", "ServerBusy", { words: "Later." }],
    ["TAG BAD Syntax.", "ServerAnswerUnusable", { what: "Syntax." }],
  ])("has not set them: %j", async (answer, name, evidence) => {
    const { done } = await setting(toStore(answer));
    await expect(done).rejects.toMatchObject({ name, evidence });
  });

  it("or to open the folder has its reason told", async () => {
    const { done } = await setting((command) =>
      /^(SELECT|EXAMINE)/.test(command) ? "TAG NO [NOPERM] Not yours." : undefined,
    );
    await expect(done).rejects.toMatchObject({ name: "FolderUnusable", evidence: { words: "Not yours." } });
  });
});

describe("a server asked what flags a folder keeps", () => {
  const every = ["\\Answered", "\\Flagged", "\\Deleted", "\\Seen", "\\Draft", "\\*"];

  it("keeps all of them where it names none", async () => {
    const session = await enter(await scriptedImap(() => undefined));
    expect(await session.permanentFlags(inbox)).toEqual(every);
  });

  it("is asked again after it refused", async () => {
    let isBarred = true;
    const session = await enter(
      await scriptedImap((command) => {
        if (!command.startsWith("SELECT")) return undefined;
        if (isBarred) return "TAG NO [NOPERM] Not yours.";
        return "* OK [PERMANENTFLAGS (\\Seen \\Draft)] ok\r\nTAG OK [READ-WRITE] ok";
      }),
    );
    await expect(session.permanentFlags(inbox)).rejects.toMatchObject({ name: "FolderUnusable" });
    isBarred = false;
    expect(await session.permanentFlags(inbox)).toEqual(["\\Seen", "\\Draft"]);
  });
});
