import { readFile } from "node:fs/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import type { Dovecot } from "../../infra/local/demo/dovecot/dovecot.ts";
import type { DovecotOptions } from "../../infra/local/demo/dovecot/options.ts";
import { FolderPath } from "../../shared/contract/ids.ts";
import { uidSetOf } from "../../shared/copy/uid-set.ts";
import type { Login, MailSession, RawMessage } from "../../shared/ports/mail-server.ts";
import { cuttingProxy } from "../support/cutting-proxy.ts";
import { openMailbox } from "../support/mailbox-snapshot.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { plainAddress } from "../support/real-mailbox.ts";

const servers = imapMailServers();
const inbox = FolderPath.parse("INBOX");
const right: Login = { mailbox: someone.user, user: someone.user, password: someone.password };
const outgoing = (subject: string, flags: readonly string[] = []) => ({
  raw: new TextEncoder().encode(`Subject: ${subject}\r\n\r\nbody\r\n`),
  flags,
  internalDate: "2011-01-02T03:04:05.000Z",
});

const enter = async (server: Pick<Dovecot, "host" | "port">, login = right): Promise<MailSession> => {
  const session = await servers.enter(plainAddress("target", server), login);
  onTestFinished(() => session.leave());
  return session;
};

const started = async (options: Partial<DovecotOptions> = {}) => {
  const server = await privateDovecot(options);
  return { server, session: await enter(server) };
};

describe("entering a server", () => {
  it("probes without logging in", async () => {
    const server = await privateDovecot();
    const { capabilities } = await servers.probe(plainAddress("source", server));
    expect(capabilities).toEqual(expect.arrayContaining(["IMAP4rev1", "AUTH=PLAIN"]));
  });

  it("calls a wrong password LoginRefused, with the server's words and without the password", async () => {
    const server = await privateDovecot();
    const refused = servers.enter(plainAddress("source", server), { ...right, password: "wrong-secret" });
    await expect(refused).rejects.toMatchObject({
      name: "LoginRefused",
      evidence: { side: "source", mailbox: someone.user, words: expect.stringContaining("failed") },
    });
    await expect(refused).rejects.toThrow(expect.not.stringContaining("wrong-secret"));
  });

  it("calls a server at its connection limit busy, not a wrong password", async () => {
    const { server } = await started({ connectionsPerUser: 1 });
    await expect(enter(server)).rejects.toMatchObject({ name: "ServerBusy" });
  });

  it("calls a port where nothing listens unreachable", async () => {
    const server = await privateDovecot();
    await server.stop();
    await expect(enter(server)).rejects.toMatchObject({ name: "ServerUnreachable" });
    await expect(servers.probe(plainAddress("source", server))).rejects.toMatchObject({
      name: "ServerUnreachable",
    });
  });

  it.each(["implicit", "starttls"] as const)("trusts over %s TLS only what `ca` vouches for", async (tls) => {
    const server = await privateDovecot({ tls });
    const address = { ...plainAddress("source", server), tls };
    await expect(servers.enter(address, right)).rejects.toMatchObject({ name: "TlsFailed" });
    const ca = await readFile(server.certificate ?? "", "utf8");
    const session = await servers.enter({ ...address, ca }, right);
    expect(await session.folderStatus(inbox)).toMatchObject({ messages: 0, uidNext: 1 });
    await expect(servers.probe(address)).rejects.toMatchObject({ name: "TlsFailed" });
    expect((await servers.probe({ ...address, ca })).capabilities).toContain("AUTH=PLAIN");
    await session.leave();
  });

  it.each([
    { style: "authzid", user: "master", authorizationId: someone.user },
    { style: "separator", user: `${someone.user}*master` },
  ])("enters a mailbox as a master user by $style", async ({ style: _style, ...login }) => {
    const server = await privateDovecot({ masterUser: { user: "master", password: "m" } });
    await (await enter(server)).append(inbox, [outgoing("mine")]);
    const session = await enter(server, { mailbox: someone.user, password: "m", ...login });
    expect(await session.folderStatus(inbox)).toMatchObject({ messages: 1 });
  });
});

describe("folders", () => {
  it("creates nested Chinese folders without subscribing to them and lists them with their segments", async () => {
    const { session } = await started();
    const path = await session.createFolder(["项目", "合同 & 发票 %"]);
    expect(path).toBe("项目/合同 & 发票 %");
    expect(await session.createFolder(["项目", "合同 & 发票 %"])).toBe(path);
    const find = async () => (await session.listFolders()).find((folder) => folder.path === path);
    expect(await find()).toMatchObject({
      segments: ["项目", "合同 & 发票 %"],
      selectable: true,
      subscribed: false,
    });
    await session.subscribe(path);
    expect(await find()).toMatchObject({ subscribed: true });
  });

  it("leaves the namespace's prefix out of the segments and puts it before what it creates", async () => {
    const { session } = await started({ separator: ".", namespacePrefix: "INBOX." });
    expect(await session.createFolder(["Sent Messages"])).toBe("INBOX.Sent Messages");
    const folders = await session.listFolders();
    expect(folders.find(({ path }) => path === "INBOX.Sent Messages")?.segments).toEqual(["Sent Messages"]);
    expect(folders.find(({ path }) => path === "INBOX")?.segments).toEqual(["INBOX"]);
  });

  it("tells a folder that is not there from one it may not create", async () => {
    const { session } = await started();
    expect(await session.folderStatus(FolderPath.parse("nowhere"))).toBeNull();
    await expect(session.createFolder(["a".repeat(300)])).rejects.toMatchObject({ name: "FolderUnusable" });
    await expect(session.metadata(FolderPath.parse("nowhere"))).rejects.toMatchObject({
      name: "FolderUnusable",
    });
  });
});

describe("messages", () => {
  it("appends bytes, flags and date and reads them back as they were", async () => {
    const { session } = await started();
    const raw = new Uint8Array(
      Buffer.from("Subject: =?utf-8?B?5ZCI5ZCM?=\r\n\r\n\x80\xff 8bit\r\n", "latin1"),
    );
    const message = {
      raw,
      flags: ["\\Seen", "\\Deleted", "$Forwarded"],
      internalDate: "1999-12-31T23:59:59.000Z",
    };
    const [outcome] = await session.append(inbox, [message]);
    expect(outcome).toMatchObject({ outcome: "stored", uid: 1 });
    const [read] = await collect(session.fetch(inbox, uidSetOf([1])));
    expect({ ...read, flags: read?.flags.toSorted(), raw: new Uint8Array(read?.raw ?? []) }).toEqual({
      ...message,
      flags: ["$Forwarded", "\\Deleted", "\\Seen"],
      uid: 1,
      size: raw.length,
    });
    expect(await session.subject(inbox, read?.uid ?? raise())).toBe("合同");
  });

  it("drops a keyword that cannot be sent and keeps \\Seen", async () => {
    const { session } = await started();
    await session.append(inbox, [outgoing("odd", ["\\Seen", "not an atom", "重要", "fine"])]);
    const [read] = await session.metadata(inbox);
    expect(read?.flags.toSorted()).toEqual(["\\Seen", "fine"]);
  });

  it("never expunges what is marked \\Deleted, whatever it reads, flags and appends in between", async () => {
    const { session } = await started();
    await session.append(inbox, [outgoing("kept", ["\\Deleted"]), outgoing("other")]);
    await session.setFlags(inbox, [
      { uid: (await session.metadata(inbox))[1]?.uid ?? raise(), flags: ["\\Flagged"] },
    ]);
    await session.permanentFlags(inbox);
    await session.append(inbox, [outgoing("third", ["keyword"])]);
    expect((await session.metadata(inbox)).map(({ flags }) => flags)).toEqual([
      ["\\Deleted"],
      ["\\Flagged"],
      ["keyword"],
    ]);
  });

  it("leaves out messages that are gone", async () => {
    const { server, session } = await started();
    await session.append(
      inbox,
      ["one", "two", "three"].map((subject) => outgoing(subject)),
    );
    const other = await openMailbox(server.accessOf(someone.user));
    await other.mailboxOpen("INBOX");
    await other.messageDelete("2", { uid: true });
    await other.logout();
    expect((await session.metadata(inbox, uidSetOf([1, 2, 3, 9]))).map(({ uid }) => uid)).toEqual([1, 3]);
    const fetched = await collect(session.fetch(inbox, uidSetOf([1, 2, 3])));
    expect(fetched.map(({ uid }) => uid)).toEqual([1, 3]);
  });

  it("tells which flags changed since a modseq", async () => {
    const { session } = await started();
    await session.append(inbox, [outgoing("one"), outgoing("two")]);
    const before = await session.folderStatus(inbox);
    const [first] = await session.metadata(inbox);
    await session.setFlags(inbox, [{ uid: first?.uid ?? raise(), flags: ["\\Answered"] }]);
    const changed = await session.changedSince(inbox, before?.highestModseq ?? "");
    expect(changed).toMatchObject([{ uid: 1, flags: ["\\Answered"] }]);
  });

  it("calls an APPEND whose answer was lost unknown, and all behind it", async () => {
    const server = await privateDovecot();
    const proxy = await cuttingProxy(server);
    const session = await enter(proxy);
    proxy.cutAt({ pattern: / APPEND INBOX/, nth: 2, swallow: "answer" });
    const outcomes = await session.append(
      inbox,
      ["one", "two", "three"].map((subject) => outgoing(subject)),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(["stored", "unknown", "unknown"]);
    await expect(session.folderStatus(inbox)).rejects.toMatchObject({ name: "ConnectionLost" });
    const after = await enter(server);
    expect(await after.folderStatus(inbox)).toMatchObject({ messages: 2 });
  });

  it("says that a folder to append to is missing instead of counting the message as refused", async () => {
    const { session } = await started();
    const nowhere = session.append(FolderPath.parse("nowhere"), [outgoing("one")]);
    await expect(nowhere).rejects.toMatchObject({ name: "FolderUnusable" });
  });

  it("gives the words of a server that refuses a message for quota", async () => {
    const { session } = await started({ quotaBytes: 2_000 });
    const large = { ...outgoing("large"), raw: new TextEncoder().encode(`\r\n${"x".repeat(5_000)}`) };
    expect(await session.append(inbox, [large, outgoing("small")])).toMatchObject([
      { outcome: "refused", code: "OVERQUOTA" },
      { outcome: "stored" },
    ]);
  });
});

const collect = async (messages: AsyncIterable<RawMessage>): Promise<readonly RawMessage[]> => {
  const collected: RawMessage[] = [];
  for await (const message of messages) collected.push(message);
  return collected;
};

const raise = (): never => {
  throw new Error("The message is not there.");
};
