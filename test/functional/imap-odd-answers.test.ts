import { describe, expect, it, onTestFinished } from "vitest";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import { FolderPath } from "../../shared/contract/ids.ts";
import { uidSetOf } from "../../shared/copy/uid-set.ts";
import type { Login, MailSession } from "../../shared/ports/mail-server.ts";
import { plainAddress } from "../support/real-mailbox.ts";
import { type ImapScript, scriptedImap } from "../support/scripted-imap.ts";

const inbox = FolderPath.parse("INBOX");
const login: Login = { mailbox: "a@b.example", user: "a@b.example", password: "p" };
const message = {
  raw: new TextEncoder().encode("Subject: x\r\n\r\n"),
  flags: [],
  internalDate: "2020-01-01T00:00:00.000Z",
};

const enter = async (
  script: ImapScript,
  options?: Parameters<typeof scriptedImap>[1],
  as: Login = login,
): Promise<{ readonly session: MailSession; readonly commands: readonly string[] }> => {
  const server = await scriptedImap(script, options);
  const session = await imapMailServers().enter(plainAddress("target", server), as);
  onTestFinished(() => session.leave());
  return { session, commands: server.commands };
};

const toCommand =
  (name: string, answer: string): ImapScript =>
  (command) =>
    command.startsWith(name) ? answer : undefined;

describe("a list of UIDs", () => {
  const answering = (answer: string) => toCommand("UID SEARCH", answer);

  it("is what SEARCH says, or ESEARCH where there is one", async () => {
    const plain = await enter(answering("* SEARCH 7 2\r\nTAG OK"));
    expect(await plain.session.uids(inbox)).toBe("2,7");
    const capability = "IMAP4rev1 AUTH=PLAIN UIDPLUS ESEARCH";
    const extended = await enter(answering('* ESEARCH (TAG "TAG") UID ALL 4:5\r\nTAG OK'), { capability });
    expect(await extended.session.uids(inbox)).toBe("4:5");
    expect(extended.commands).toContain("UID SEARCH RETURN (ALL) ALL");
  });

  it.each(["TAG OK", "* SEARCH 7\r\nTAG OK", "* SEARCH 1 2 3\r\nTAG OK", "TAG NO Not now."])(
    "is not believed when it does not come to as many messages as the folder has: %j",
    async (answer) => {
      const { session } = await enter(answering(answer));
      await expect(session.uids(inbox)).rejects.toMatchObject({ name: "ServerAnswerUnusable" });
    },
  );
});

describe("a server that is busy", () => {
  it.each([
    "[UNAVAILABLE] Later.",
    "[INUSE] Locked.",
    "[LIMIT] Too many.",
    "Too many simultaneous connections.",
  ])("is not mistaken for a wrong password when it answers a login with NO %s", async (words) => {
    await expect(enter(toCommand("AUTHENTICATE", `TAG NO ${words}`))).rejects.toMatchObject({
      name: "ServerBusy",
    });
  });

  it("is busy when it says BYE instead of a greeting", async () => {
    await expect(enter(() => undefined, { greeting: "* BYE Try again later." })).rejects.toMatchObject({
      name: "ServerBusy",
      evidence: { words: "Try again later." },
    });
  });

  it("is not taken for one that refuses the message when it answers an APPEND so", async () => {
    const { session } = await enter(toCommand("APPEND", "TAG NO [UNAVAILABLE] Backend down."));
    await expect(session.append(inbox, [message])).rejects.toMatchObject({ name: "ServerBusy" });
  });

  it("is told apart from a folder that may not be read", async () => {
    const [busy, barred] = ["TAG NO [UNAVAILABLE] Backend down.", "TAG NO [NOPERM] Not yours."];
    const asked = async (opening: string, status: string): Promise<unknown> => {
      const answers = (command: string) =>
        toCommand("EXAMINE", opening)(command) ?? toCommand("STATUS", status)(command);
      return (await enter(answers)).session.folderStatus(inbox);
    };
    await expect(asked(busy, "")).rejects.toMatchObject({ name: "ServerBusy" });
    await expect(asked(barred, busy)).rejects.toMatchObject({ name: "ServerBusy" });
    await expect(asked(barred, barred)).rejects.toMatchObject({ name: "FolderUnusable" });
  });
});

describe("an answer that cannot be used", () => {
  const line = (sequence: number, uid: number): string =>
    `* ${sequence} FETCH (UID ${uid} FLAGS () RFC822.SIZE 9 INTERNALDATE "01-Jan-2020 00:00:00 +0000")`;

  it("is never an absence: a FETCH line that cannot be read", async () => {
    const answer = `${line(1, 1)}\r\n* 2 FETCH (UID 2 FLAGS (\r\nTAG OK done`;
    const { session } = await enter(toCommand("UID FETCH", answer));
    await expect(session.metadata(inbox, uidSetOf([1, 2]))).rejects.toMatchObject({
      name: "ServerAnswerUnusable",
    });
  });

  it("is never an absence: a size that cannot be read, or that is left out", async () => {
    const broken = await enter(toCommand("UID FETCH", "* 1 FETCH (UID 1 RFC822.SIZE\r\nTAG OK done"));
    await expect(broken.session.sizes(inbox, uidSetOf([1, 2]))).rejects.toMatchObject({
      name: "ServerAnswerUnusable",
    });
    const half = await enter((command) => {
      if (!command.startsWith("UID FETCH")) return undefined;
      if (command.endsWith("(UID RFC822.SIZE)")) return "* 2 FETCH (UID 2 RFC822.SIZE 5)\r\nTAG OK done";
      return `${line(1, 1)}\r\nTAG OK done`;
    });
    expect(await half.session.sizes(inbox, uidSetOf([1, 2]))).toMatchObject([
      { uid: 1, size: 9 },
      { uid: 2, size: 5 },
    ]);
  });

  it("is never an absence: as many messages as there are, but not those that were asked for", async () => {
    const { session } = await enter((command) => {
      if (command.startsWith("UID FETCH 1:2 ")) return `${line(2, 2)}\r\n${line(3, 9)}\r\nTAG OK done`;
      return command.startsWith("UID FETCH 1 ") ? `${line(1, 1)}\r\nTAG OK done` : undefined;
    });
    expect((await session.metadata(inbox, uidSetOf([1, 2]))).map(({ uid }) => uid)).toEqual(
      expect.arrayContaining([1, 2]),
    );
  });

  it("is never an absence: fewer lines than the folder has messages", async () => {
    const { session } = await enter(toCommand("UID FETCH", `${line(1, 1)}\r\nTAG OK done`));
    await expect(session.metadata(inbox)).rejects.toMatchObject({ name: "ServerAnswerUnusable" });
  });

  it("is never an absence: a message that is there and whose body does not come", async () => {
    const script: ImapScript = (command) => {
      if (!command.startsWith("UID FETCH")) return undefined;
      return command.includes("BODY") ? "TAG OK done" : `${line(1, 1)}\r\nTAG OK done`;
    };
    const { session } = await enter(script);
    const read = async (): Promise<void> => {
      for await (const _ of session.fetch(inbox, uidSetOf([1]))) throw new Error("Nothing was sent.");
    };
    await expect(read()).rejects.toMatchObject({ name: "ServerAnswerUnusable" });
    await expect(session.digests(inbox, uidSetOf([1]))).rejects.toMatchObject({
      name: "ServerAnswerUnusable",
    });
  });

  it("passes over a line that only tells of a changed flag", async () => {
    const answer = `* 2 FETCH (FLAGS (\\Seen))\r\n${line(1, 1)}\r\n${line(2, 2)}\r\nTAG OK done`;
    const { session } = await enter(toCommand("UID FETCH", answer));
    expect((await session.metadata(inbox, uidSetOf([1, 2]))).map(({ uid }) => uid)).toEqual([1, 2]);
  });

  it("is a STATUS without UIDVALIDITY, where opening the folder does not tell it either", async () => {
    const { session, commands } = await enter((command) => {
      if (command.startsWith("EXAMINE")) return "* 1 EXISTS\r\n* OK [UIDNEXT 2] ok\r\nTAG OK done";
      return command.startsWith("STATUS") ? "* STATUS INBOX (MESSAGES 1)\r\nTAG OK done" : undefined;
    });
    await expect(session.folderStatus(inbox)).rejects.toMatchObject({ name: "ServerAnswerUnusable" });
    expect(commands).toContainEqual(expect.stringMatching(/^STATUS/));
  });
});

describe("logging in", () => {
  it("never enters a master user's own mailbox where SASL PLAIN is missing", async () => {
    const asMaster = { ...login, user: "master", authorizationId: login.mailbox };
    const withoutPlain = { capability: "IMAP4rev1 AUTH=LOGIN" };
    await expect(enter(() => "TAG OK in", withoutPlain, asMaster)).rejects.toMatchObject({
      name: "MasterRefused",
    });
  });

  it("introduces itself to NetEase after the login, without which it opens no folder", async () => {
    const script = toCommand(
      "ID",
      '* ID ("name" "Coremail" "vendor" "NetEase" "version" "1")\r\nTAG OK done',
    );
    const { commands } = await enter(script, {
      greeting: "* OK Coremail System IMap Server Ready(163com)",
      capability: "IMAP4rev1 AUTH=PLAIN ID",
    });
    const names = commands.map((command) => command.split(" ")[0]);
    expect(names.lastIndexOf("ID")).toBeGreaterThan(names.indexOf("AUTHENTICATE"));
  });

  it("retries an APPEND without the keywords the folder has no room for", async () => {
    const script: ImapScript = (command) => {
      if (command.startsWith("SELECT"))
        return "* OK [PERMANENTFLAGS (\\Seen \\*)] ok\r\nTAG OK [READ-WRITE] ok";
      if (!command.startsWith("APPEND")) return undefined;
      return command.includes("keyword") ? "TAG NO Too many keywords in mailbox" : "+ go on";
    };
    const { session, commands } = await enter(script);
    const outcome = await session.append(inbox, [{ ...message, flags: ["\\Seen", "keyword"] }]);
    expect(commands.filter((command) => command.startsWith("APPEND"))).toHaveLength(2);
    expect(outcome).toEqual([{ outcome: "stored", uid: null, isLetGo: false }]);
  });
});
