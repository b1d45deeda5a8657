import { describe, expect, it, onTestFinished } from "vitest";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import { FolderPath } from "../../shared/contract/ids.ts";
import { uidSetOf } from "../../shared/copy/uid-set.ts";
import type { Login, OutgoingMessage } from "../../shared/ports/mail-server.ts";
import { plainAddress } from "../support/real-mailbox.ts";
import { type Utf8Server, utf8Imap } from "../support/utf8-imap.ts";

const folder = { utf8: "项目 & 合同", modifiedUtf7: "&mHl27g- &- &VAhUDA-" } as const;
const path = FolderPath.parse(folder.utf8);
const login: Login = { mailbox: "a@b.example", user: "a@b.example", password: "p" };

const enter = async (server: Utf8Server, connections = 1) => {
  const address = { ...plainAddress("target", server), connections };
  const session = await imapMailServers().enter(address, login);
  onTestFinished(() => session.leave());
  return session;
};
const message = (subject: string | Buffer): OutgoingMessage => ({
  raw: Buffer.concat([
    Buffer.from("Subject: "),
    typeof subject === "string" ? Buffer.from(subject) : subject,
    Buffer.from("\r\n\r\n正文\r\n"),
  ]),
  flags: ["\\Seen"],
  internalDate: "2020-01-01T00:00:00.000Z",
});
/** Enough that a session opens further connections for them. */
const many = 40;

describe("a server with UTF8=ACCEPT", () => {
  it("is asked first of all for a folder whose name depends on it", async () => {
    const server = await utf8Imap(folder);
    const session = await enter(server);
    expect(await session.folderStatus(path)).toMatchObject({ uidNext: 1 });
    expect(server.misnamed).toEqual([]);
  });

  it("is shown folder names in UTF-8 by a session, and its names are read as they are", async () => {
    const server = await utf8Imap(folder);
    const session = await enter(server);
    expect((await session.listFolders()).map((listed) => listed.path)).toEqual(["INBOX", folder.utf8]);
    expect(await session.folderStatus(path)).toMatchObject({ uidNext: 1 });
    expect(await session.uids(path)).toBe("");
    expect(await session.metadata(path, uidSetOf([1]))).toEqual([]);
    expect(await session.append(path, [message("plain")])).toMatchObject([{ outcome: "stored", uid: 1 }]);
    expect(server.appended).toMatchObject([{ name: folder.utf8, isEnabled: true }]);
    expect(server.misnamed).toEqual([]);
  });

  it("is asked for several folders, and about them, in UTF-8", async () => {
    const server = await utf8Imap({ utf8: "合同", modifiedUtf7: "&VAhUDA-" });
    const session = await enter(server);
    const contracts = FolderPath.parse("合同");
    expect(await session.createTogether([["Work"], ["合同"]])).toMatchObject([
      { path: "INBOX", status: { uidNext: 1 } },
      { path: "合同", status: { uidNext: 1 } },
    ]);
    expect(await session.subscribeTogether([contracts])).toEqual(new Set([contracts]));
    expect(server.misnamed).toEqual([]);
  });

  it("is shown folder names in modified UTF-7 over the connections for much mail, which enable nothing", async () => {
    const server = await utf8Imap(folder);
    const session = await enter(server, 2);
    const messages = Array.from({ length: many }, (_, number) => message(`mail ${number}`));
    const outcomes = await session.append(path, messages);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(messages.map(() => "stored"));
    expect(new Set(server.appended.map(({ name, isEnabled }) => `${name} ${isEnabled}`))).toEqual(
      new Set([`${folder.modifiedUtf7} false`]),
    );
    expect(server.misnamed).toEqual([]);
  });

  it.each([
    ["UTF-8", Buffer.from("合同")],
    ["GBK", Buffer.from([0xba, 0xcf, 0xcd, 0xac])],
  ])(
    "takes messages with %s in their headers by themselves where it refuses them over those connections",
    async (_charset, subject) => {
      const server = await utf8Imap(folder);
      const session = await enter(server, 2);
      const messages = Array.from({ length: many }, (_, number) =>
        message(number % 10 === 3 ? subject : `mail ${number}`),
      );
      const outcomes = await session.append(path, messages);
      expect(server.refusals()).toBeGreaterThan(0);
      const uids = outcomes.map((outcome) => (outcome.outcome === "stored" ? outcome.uid : null));
      expect(server.appended).toHaveLength(many);
      expect(uids.map((uid) => server.appended[(uid ?? 0) - 1]?.raw)).toEqual(messages.map(({ raw }) => raw));
      expect(server.misnamed).toEqual([]);
    },
  );
});
