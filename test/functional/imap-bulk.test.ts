import { readFile } from "node:fs/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import { type DovecotOptions, thinCapability } from "../../infra/local/demo/dovecot/options.ts";
import type { SeedMessage } from "../../infra/local/demo/seeding/append-messages.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { FolderPath } from "../../shared/contract/ids.ts";
import { uidSetOf } from "../../shared/copy/uid-set.ts";
import type { MailSession, OutgoingMessage, ServerAddress } from "../../shared/ports/mail-server.ts";
import { collected } from "../support/collected.ts";
import { cuttingProxy } from "../support/cutting-proxy.ts";
import { expectSameMailbox, snapshotMailbox } from "../support/mailbox-snapshot.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { makePass, plainAddress, realMailbox } from "../support/real-mailbox.ts";

const inbox = FolderPath.parse("INBOX");
const login = { mailbox: someone.user, user: someone.user, password: someone.password };

const enter = async (server: ServerAddress): Promise<MailSession> => {
  const session = await imapMailServers().enter({ ...server, connections: 4 }, login);
  onTestFinished(() => session.leave());
  return session;
};

const mail = (number: number, body = "x\r\n".repeat(number * 7)): Buffer =>
  Buffer.from(`Subject: mail ${number}\r\nMessage-ID: <same@example>\r\n\r\n${body}`);

const seeds = (count: number): readonly SeedMessage[] =>
  Array.from({ length: count }, (_, number) => ({
    raw: mail(number),
    flags: [["\\Seen"], ["\\Flagged", "$Forwarded", "urgent"], []][number % 3] ?? [],
    internalDate: new Date(Date.UTC(2012, 1, 9, number % 24, 30, number % 60)),
  }));

const outgoing = (raws: readonly Uint8Array[]): readonly OutgoingMessage[] =>
  raws.map((raw) => ({ raw, flags: ["\\Seen"], internalDate: "2011-01-02T03:04:05.000Z" }));

const folders = [
  { path: "INBOX", messages: seeds(150) },
  { path: "项目/合同 & 发票", messages: seeds(40) },
];

/** What a target announces, and what must then never be sent: Dovecot serves it all the same. */
const rungs = [
  { rung: "MULTIAPPEND and LITERAL+", options: {}, never: /no such thing/ },
  {
    rung: "LITERAL+ alone",
    options: { capability: [...thinCapability, "LITERAL+"] },
    never: /\+\}\r\n(?:[^\r]*\r\n)* \([^)]*\) "[^"]*" \{/,
  },
  {
    rung: "LITERAL-",
    options: { capability: [...thinCapability, "LITERAL-"] },
    never: /\{(409[7-9]|4[1-9]\d\d|[5-9]\d{3}|\d{5,})\+\}\r\n/,
  },
  { rung: "neither", options: { capability: thinCapability }, never: /\+\}\r\n/ },
] as const satisfies readonly { rung: string; options: Partial<DovecotOptions>; never: RegExp }[];

describe("much mail to a target", () => {
  it.each(rungs)("that announces $rung arrives byte for byte, by what it announces only", async (given) => {
    const { options, never } = given;
    const [source, target] = [await privateDovecot(), await privateDovecot(options)];
    await seedMailbox(source, someone.user, [...folders, { path: "Large", messages: large }]);
    const watching = await cuttingProxy(target);
    watching.cutAt({ pattern: never, nth: 1, swallow: "request" });
    const world = await realMailbox(source, watching);
    expect((await makePass(world)).state).toMatchObject({ status: "completed", copiedInPass: 210 });
    expect(watching.cuts()).toBe(0);
    expectSameMailbox(
      await snapshotMailbox(source.accessOf(someone.user)),
      await snapshotMailbox(target.accessOf(someone.user)),
    );
  });

  it("goes over the one connection that the servers allow", async () => {
    const one = { connectionsPerUser: 1 };
    const [source, target] = [await privateDovecot(one), await privateDovecot(one)];
    await seedMailbox(source, someone.user, folders);
    const world = await realMailbox(source, target);
    expect((await makePass(world)).state).toMatchObject({ status: "completed", copiedInPass: 190 });
  });

  it.each(["implicit", "starttls"] as const)("goes over %s TLS", async (tls) => {
    const server = await privateDovecot({ tls });
    const ca = await readFile(server.certificate ?? "", "utf8");
    const session = await enter({ ...plainAddress("target", server), tls, ca });
    const raws = Array.from({ length: 100 }, (_, number) => mail(number));
    const outcomes = await session.append(inbox, outgoing(raws));
    expect(outcomes).toEqual(raws.map((_, index) => ({ outcome: "stored", uid: index + 1, isLetGo: true })));
    expect(await stored(session, 100)).toEqual(raws);
  });

  it("may be 50 MB at a time, and holds NUL, bare line feeds and nothing at all as the server takes them", async () => {
    const session = await enter(plainAddress("target", await privateDovecot()));
    const huge = Buffer.concat([mail(1, ""), Buffer.alloc(50_000_000, `${"y".repeat(70)}\r\n`)]);
    const odd = [mail(2, "a\0b\r\n"), mail(3, "bare\nline\nfeeds"), Buffer.alloc(0), huge];
    const raws = [...Array.from({ length: 20 }, (_, number) => mail(number)), ...odd, mail(9)];
    const outcomes = await session.append(inbox, outgoing(raws));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(
      raws.map(({ length }) => (length === 0 ? "refused" : "stored")),
    );
    const kept = await stored(session, 24);
    for (const raw of [huge, mail(9), mail(3, "bare\r\nline\r\nfeeds")]) {
      expect(kept.some((one) => one.equals(raw))).toBe(true);
    }
  });
});

describe("a refusal in the middle of much mail", () => {
  it("is of the one message that is too large", async () => {
    const session = await enter(
      plainAddress("target", await privateDovecot({ largestMessageBytes: 10_000 })),
    );
    const raws = Array.from({ length: 64 }, (_, number) =>
      mail(number, "z".repeat(number === 40 ? 20_000 : 9)),
    );
    const outcomes = await session.append(inbox, outgoing(raws));
    expect(outcomes.flatMap(({ outcome }, index) => (outcome === "refused" ? [index] : []))).toEqual([40]);
    expect(await stored(session, 63)).toEqual(raws.toSpliced(40, 1));
  });

  it("is of those for which there is no room, and what is reported as stored is there", async () => {
    const [source, target] = [await privateDovecot(), await privateDovecot({ quotaBytes: 60_000 })];
    const messages = seeds(100).map((seed, number) => ({ ...seed, raw: mail(number, "q".repeat(1_000)) }));
    await seedMailbox(source, someone.user, [{ path: "INBOX", messages }]);
    const world = await realMailbox(source, target);
    const { totals } = await makePass(world);
    const { copied = 0, refused = 0 } = totals?.messages ?? {};
    expect({ sum: copied + refused, some: copied > 40 && refused > 30 }).toEqual({ sum: 100, some: true });
    expect((await world.mailboxes.refused(world.account)).map((one) => one.class)).toEqual(
      Array.from({ length: refused }, () => "over-quota"),
    );
    const session = await enter(plainAddress("target", target));
    expect(await stored(session, copied)).toHaveLength(copied);
  });
});

describe("a connection for much mail that is cut", () => {
  it.each([
    { where: "the answer to a MULTIAPPEND is lost", options: {}, nth: 2, swallow: "answer" },
    { where: "a MULTIAPPEND does not arrive whole", options: {}, nth: 2, swallow: "request" },
    {
      where: "the answer to one of many APPENDs is lost",
      options: rungs[1].options,
      nth: 3,
      swallow: "answer",
    },
    {
      where: "one of several connections loses an answer",
      options: rungs[3].options,
      nth: 50,
      swallow: "answer",
    },
    {
      where: "one of several connections loses an APPEND",
      options: rungs[3].options,
      nth: 50,
      swallow: "request",
    },
  ] as const)("loses and doubles nothing when $where", async ({ options, nth, swallow }) => {
    const [source, target] = [await privateDovecot(), await privateDovecot(options)];
    await seedMailbox(source, someone.user, folders);
    const proxy = await cuttingProxy(target);
    proxy.cutAt({ pattern: / APPEND /, nth, swallow });
    const world = await realMailbox(source, proxy);
    const { state, totals } = await makePass(world);
    expect(proxy.cuts()).toBe(1);
    expect(state).toMatchObject({ status: "completed", pass: 1 });
    expect(totals?.messages).toEqual({ source: 190, copied: 190, alreadyThere: 0, refused: 0 });
    expectSameMailbox(
      await snapshotMailbox(source.accessOf(someone.user)),
      await snapshotMailbox(target.accessOf(someone.user)),
    );
  });
});

const large = Array.from({ length: 20 }, (_, number) => ({
  raw: mail(number, "0123456789\r\n".repeat(50_000)),
  flags: ["\\Seen"],
  internalDate: new Date(Date.UTC(2020, 5, 1, number)),
}));

/** The octets of the first so many messages of the INBOX, and that there are no more. */
const stored = async (session: MailSession, count: number): Promise<readonly Buffer[]> => {
  expect(await session.folderStatus(inbox)).toMatchObject({ messages: count });
  const uids = uidSetOf(Array.from({ length: count + 20 }, (_, index) => index + 1));
  const messages = await collected(session.fetch(inbox, uids));
  return messages.map(({ raw }) => Buffer.from(raw));
};
