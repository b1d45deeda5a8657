import { describe, expect, it, onTestFinished } from "vitest";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import { FolderPath } from "../../shared/contract/ids.ts";
import { meetFolders } from "../../shared/copy/meet-folders.ts";
import { plainProfiles } from "../../shared/folders/folder-profile.ts";
import type { MailSession, Side } from "../../shared/ports/mail-server.ts";
import { exampleAccount } from "../support/migration-example.ts";
import { plainAddress } from "../support/real-mailbox.ts";
import { scriptedImap } from "../support/scripted-imap.ts";

const login = { mailbox: "a@example.test", user: "a@example.test", password: "p" };
const names = ["INBOX", "Private", "Work"];
const [, secret, work] = names.map((name) => FolderPath.parse(name));
const told = (keyword: string) => names.map((name) => `* ${keyword} () "/" ${name}\r\n`).join("");

/** A server whose folders are all subscribed to, which says that to SUBSCRIBE Private. */
const answering = async (answer: string, side: Side = "target") => {
  const server = await scriptedImap(
    (command) => {
      if (command.startsWith("LIST")) return `${told("LIST")}TAG OK`;
      if (command.startsWith("LSUB")) return `${told("LSUB")}TAG OK`;
      const [, name] = /^STATUS "(\w+)"/.exec(command) ?? [];
      if (name !== undefined) return `* STATUS ${name} (MESSAGES 2 UIDNEXT 3 UIDVALIDITY 7)\r\nTAG OK`;
      return command === "SUBSCRIBE Private" ? answer : undefined;
    },
    { capability: "IMAP4rev1 AUTH=PLAIN NAMESPACE" },
  );
  const address = { ...plainAddress(side, server), silenceMilliseconds: 500 };
  const session: MailSession = await imapMailServers().enter(address, login);
  onTestFinished(() => session.leave());
  return { session, commands: server.commands };
};

const subscribing = async (answer: string, path: FolderPath | undefined) => {
  const { session } = await answering(answer);
  return path === undefined ? undefined : session.subscribe(path);
};

describe("SUBSCRIBE", () => {
  it.each([
    { answer: "TAG NO Not here.", words: "SUBSCRIBE was refused" },
    { answer: "TAG NO [NOPERM] No.", words: "SUBSCRIBE was refused with NOPERM" },
    { answer: "TAG BAD What?", words: "SUBSCRIBE was refused" },
  ])("is refused by $answer", async ({ answer, words }) => {
    await expect(subscribing(answer, secret)).rejects.toMatchObject({
      name: "FolderUnusable",
      evidence: { folder: "Private", words },
    });
  });

  it.each([
    { answer: "TAG NO [UNAVAILABLE] Storage is away.", name: "ServerBusy" },
    { answer: "TAG NO [INUSE] Locked.", name: "ServerBusy" },
    { answer: "* BYE down", name: "ConnectionLost" },
  ])("is not refused by $answer", async ({ answer, name }) => {
    await expect(subscribing(answer, secret)).rejects.toMatchObject({ name });
  });

  it("is heard for the folder that it names", async () => {
    await expect(subscribing("TAG NO Not here.", work)).resolves.toBeUndefined();
  });
});

describe("a folder that the server refuses to subscribe to", () => {
  it("is met, and asked for by itself once", async () => {
    const source = await answering("TAG OK", "source");
    const target = await answering("TAG NO Not here.");
    const sessions = { source: source.session, target: target.session, profiles: plainProfiles };
    const { met } = await meetFolders(sessions, exampleAccount(1), []);
    expect(met.map(({ record }) => [record.targetPath, record.notSubscribed])).toEqual([
      ["INBOX", undefined],
      ["Private", true],
      ["Work", undefined],
    ]);
    expect(target.commands.filter((command) => command.startsWith("SUBSCRIBE"))).toEqual([
      "SUBSCRIBE INBOX",
      "SUBSCRIBE Private",
      "SUBSCRIBE Work",
      "SUBSCRIBE Private",
    ]);
  });
});
