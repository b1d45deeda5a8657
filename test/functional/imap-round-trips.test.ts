import { describe, expect, it, onTestFinished } from "vitest";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { FolderPath } from "../../shared/contract/ids.ts";
import { uidRange, uidSetOf } from "../../shared/copy/uid-set.ts";
import type { MailServers, MailSession } from "../../shared/ports/mail-server.ts";
import { collected } from "../support/collected.ts";
import { countTurns } from "../support/counted-turns.ts";
import { eventually } from "../support/eventually.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { plainAddress } from "../support/real-mailbox.ts";
import { scriptedImap } from "../support/scripted-imap.ts";

const inbox = FolderPath.parse("INBOX");
const login = { mailbox: someone.user, user: someone.user, password: someone.password };
const credentials = Buffer.from(`\0${someone.user}\0${someone.password}`).toString("base64");

const enter = async (
  server: { readonly host: string; readonly port: number },
  servers: MailServers = imapMailServers(),
): Promise<MailSession> => {
  const session = await servers.enter(plainAddress("source", server), login);
  onTestFinished(() => session.leave());
  return session;
};

const messages = Array.from({ length: 40 }, (_, number) => ({
  raw: Buffer.from(`Subject: mail ${number}\r\n\r\n${"x\r\n".repeat(number)}`),
  flags: number % 2 === 0 ? ["\\Seen"] : [],
  internalDate: new Date(Date.UTC(2020, 0, 1, 0, number)),
}));

const outgoing = ({ raw, flags, internalDate }: (typeof messages)[number]) => ({
  ...{ raw, flags, internalDate: internalDate.toISOString() },
});

const started = async (options: Parameters<typeof privateDovecot>[0] = {}) => {
  const dovecot = await privateDovecot(options);
  await seedMailbox(dovecot, someone.user, [{ path: "INBOX", messages }]);
  const counted = await countTurns(dovecot);
  return { dovecot, counted, session: await enter(counted) };
};

describe("round trips to a server", () => {
  it("are one for the login and one for the first question, whatever has to be known for it", async () => {
    const { counted, session } = await started();
    expect(counted.turns()).toBe(1);
    expect(counted.heard()).toContain(` AUTHENTICATE PLAIN ${credentials}\r\n`);
    expect(await session.survey()).toMatchObject([{ path: "INBOX", status: { messages: 40, uidNext: 41 } }]);
    expect(counted.heard()).toMatch(
      / ID .*\r\n.* ENABLE CONDSTORE\r\n.* NAMESPACE\r\n.* LSUB .*\r\n.* LIST /,
    );
    expect(counted.turns()).toBe(2);
  });

  it("are one for the metadata, the bodies, their digests or the changes of a folder, over the one connection", async () => {
    const { counted, session } = await started();
    const modseq = (await session.folderStatus(inbox))?.highestModseq ?? "";
    for (const read of [
      () => session.metadata(inbox, uidRange(1, 40)),
      () => collected(session.fetch(inbox, uidRange(1, 40))),
      () => session.digests(inbox, uidRange(1, 40)),
      () => session.changedSince(inbox, modseq),
    ]) {
      counted.reset();
      await read();
      expect({ turns: counted.turns(), connections: counted.connections() }).toEqual({
        turns: 1,
        connections: 0,
      });
    }
  });

  it("are no more for many folders than for one, where they are asked about at the same time", async () => {
    const { dovecot, counted, session } = await started();
    const folders = ["Work", "项目", "R&D", "Old/2019"];
    for (const path of folders) await seedMailbox(dovecot, someone.user, [{ path, messages }]);
    const paths = ["INBOX", ...folders].map((path) => FolderPath.parse(path));
    await session.survey();
    counted.reset();
    const statuses = await Promise.all(
      [...paths, FolderPath.parse("Nowhere")].map((path) => session.folderStatus(path)),
    );
    expect(statuses.map((status) => status?.messages)).toEqual([40, 40, 40, 40, 40, undefined]);
    // All of them together, and the one that is not there once more by itself and with a LIST.
    expect(counted.turns()).toBe(3);
    counted.reset();
    const read = await Promise.all(paths.map((path) => session.metadata(path, uidRange(1, 40))));
    expect(read.map(({ length }) => length)).toEqual([40, 40, 40, 40, 40]);
    const bodies = await Promise.all(paths.map((path) => collected(session.fetch(path, uidRange(1, 40)))));
    expect(bodies.map(({ length }) => length)).toEqual([40, 40, 40, 40, 40]);
    expect({ turns: counted.turns(), connections: counted.connections() }).toEqual({
      turns: 2,
      connections: 0,
    });
  });

  it("are no more where messages were deleted, as long as all that are left are among the answers", async () => {
    const { counted, session } = await started();
    const paths = [inbox, await session.createFolder(["Work"]), await session.createFolder(["项目"])];
    for (const path of paths.slice(1)) await session.append(path, messages.map(outgoing));
    for (const path of paths) await session.remove(path, uidSetOf([1, 7, 8, 33]));
    counted.reset();
    const answers = await Promise.all([
      ...paths.map((path) => session.sizes(path, uidRange(1, 40))),
      ...paths.map((path) => session.metadata(path, uidRange(1, 40))),
    ]);
    const told = answers.map((messages) => uidSetOf(messages.map(({ uid }) => uid)));
    expect(new Set(told)).toEqual(new Set(["2:6,9:32,34:40"]));
    expect(counted.turns()).toBe(1);
    // Of a part of a folder nobody knows how many there are: what does not come is asked for once more.
    counted.reset();
    expect((await session.sizes(inbox, uidRange(20, 40))).map(({ uid }) => uid)).not.toContain(33);
    expect(counted.turns()).toBe(2);
  });

  it("are none for the status of a folder that is read as well, which is asked for first", async () => {
    const { counted, session } = await started();
    await session.survey();
    counted.reset();
    const [status, read] = await Promise.all([
      session.folderStatus(inbox),
      session.metadata(inbox, uidRange(1, 40)),
    ]);
    expect([status?.messages, read.length]).toEqual([40, 40]);
    expect(counted.turns()).toBe(1);
    expect(counted.heard()).toMatch(/^\S+ EXAMINE "INBOX"\r\n\S+ EXAMINE "INBOX"\r\n\S+ UID FETCH 1:40 /);
  });

  it("are none for leaving", async () => {
    const server = await scriptedImap(() => undefined);
    const session = await imapMailServers().enter(plainAddress("source", server), login);
    await session.leave();
    expect(server.commands).not.toContain("LOGOUT");
    await eventually("the logout", () => server.commands.find((command) => command === "LOGOUT"));
  });

  it("are waited for after all by whoever comes back, because a mailbox may have one connection", async () => {
    const goodbye = Promise.withResolvers<string>();
    const server = await scriptedImap((command) => (command === "LOGOUT" ? goodbye.promise : undefined));
    const logins = () => server.commands.filter((command) => command.startsWith("AUTHENTICATE")).length;
    const servers = imapMailServers();
    const first = await servers.enter(plainAddress("source", server), login);
    await first.leave();
    const again = enter(server, servers);
    // Somebody else's mailbox is entered meanwhile, which takes as long as a whole login.
    const other = await servers.enter(plainAddress("source", server), {
      ...login,
      user: "somebody@else.test",
    });
    expect(logins()).toBe(2);
    goodbye.resolve("* BYE\r\nTAG OK");
    await again;
    expect(logins()).toBe(3);
    await other.leave();
  });
});

describe("a session's own connection that was lent to read over it", () => {
  const [first] = messages;
  const message = { raw: first?.raw ?? Buffer.of(), internalDate: "2020-01-01T00:00:00.000Z" };

  it("keeps the flags of what is appended then, whatever was selected before", async () => {
    const { session } = await started();
    const other = await session.createFolder(["Other"]);
    // imapflow goes on to believe in this folder, which keeps no flags where it is only read.
    await session.uids(inbox);
    await session.metadata(other, uidRange(1, 5));
    const flags = ["\\Flagged", "\\Seen"];
    await session.append(other, [{ ...message, flags }]);
    const [kept] = await session.metadata(other, uidRange(1, 5));
    expect(kept?.flags.toSorted()).toEqual(flags);
  });

  it("is used by one after the other, in the order in which they come", async () => {
    const { counted, session } = await started();
    const all = await Promise.all([
      collected(session.fetch(inbox, uidRange(1, 40))),
      session.folderStatus(inbox),
      session.metadata(inbox, uidRange(1, 10)),
      session.uids(inbox),
      session.listFolders(),
    ]);
    expect(all).toMatchObject([{ length: 40 }, { messages: 40 }, { length: 10 }, "1:40", { length: 1 }]);
    expect(counted.connections()).toBe(1);
  });

  it("is asked once more about a message that did not come, behind what else is being read over it", async () => {
    const { dovecot, session } = await started();
    await seedMailbox(dovecot, someone.user, [{ path: "Work", messages }]);
    const [first, behind] = await Promise.all([
      collected(session.fetch(inbox, uidRange(1, 41))),
      collected(session.fetch(FolderPath.parse("Work"), uidRange(1, 40))),
    ]);
    expect([first.length, behind.length]).toEqual([40, 40]);
    expect(await session.folderStatus(inbox)).toMatchObject({ messages: 40 });
  });

  it("goes on where a folder cannot be opened, and is lost to whoever leaves an answer unread", async () => {
    const { session } = await started();
    const missing = FolderPath.parse("Missing");
    await expect(session.metadata(missing, uidRange(1, 5))).rejects.toMatchObject({ name: "FolderUnusable" });
    expect(await session.metadata(inbox, uidRange(1, 40))).toHaveLength(40);
    for await (const { uid } of session.fetch(inbox, uidRange(1, 40))) if (uid >= 2) break;
    await expect(session.folderStatus(inbox)).rejects.toMatchObject({ name: "ConnectionLost" });
  });
});
