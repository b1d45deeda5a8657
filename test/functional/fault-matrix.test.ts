import { describe, expect, it } from "vitest";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import { exitStatus } from "../../infra/local/cli/exit-status.ts";
import { thinCapability } from "../../infra/local/demo/dovecot/options.ts";
import type { SeedMessage } from "../../infra/local/demo/seeding/append-messages.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { FolderPath, UidSet } from "../../shared/contract/ids.ts";
import { copyQueue } from "../../shared/contract/queue.ts";
import type { MailServers } from "../../shared/ports/mail-server.ts";
import type { CopyWorld } from "../support/copy-world.ts";
import { type Fault, faultProxy } from "../support/fault-proxy.ts";
import { expectSameMailbox, snapshotMailbox } from "../support/mailbox-snapshot.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { makePass, plainAddress, realMailbox } from "../support/real-mailbox.ts";
import { statusOfCommand } from "../support/status-of-command.ts";

const message = (text: string): SeedMessage => ({
  raw: Buffer.from(text.replaceAll("\n", "\r\n")),
  flags: ["\\Seen"],
  internalDate: new Date(Date.UTC(2012, 0, 9, 8, 30, 1)),
});
const plain = (number: number): SeedMessage =>
  message(`Message-ID: <${number}@example>\nSubject: mail ${number}\n\n${"text ".repeat(number * 20)}\n`);

/** Every row of what other tools lose or double: no Message-ID, twins, one Message-ID on different messages. */
const folders = [
  { path: "INBOX", messages: Array.from({ length: 20 }, (_, number) => plain(number)) },
  {
    path: "Sent",
    messages: [
      message("Subject: no Message-ID, no Received\n\nA draft.\n"),
      ...Array.from({ length: 3 }, () => message("Subject: twin\nMessage-ID: <twin@example>\n\nAlike.\n")),
      message("Message-ID: <same@example>\nSubject: same\n\none\n"),
      message("Message-ID: <same@example>\nSubject: same\n\nother\n"),
    ],
  },
  { path: "Work/2024", messages: [plain(30), plain(31)] },
];
const messages = 28;

const append = { at: /^APPEND /i } as const;
const fetch = { at: /^UID FETCH .*BODY\.PEEK\[\]/i } as const;
const refused = (words: string) => ({ ...append, nth: 1, does: "refuse", words }) as const;
const reworded = (reword: (answer: string) => string) =>
  ({ ...append, nth: 1, does: "reword", reword }) as const;

const faultsOfTarget: readonly (readonly [string, Fault])[] = [
  ["the answer to an APPEND is lost", { ...append, nth: 2, does: "lose the answer" }],
  ["a connection is cut inside a literal", { ...append, nth: 2, does: "cut the literal" }],
  ["the server says BYE", { ...append, nth: 2, does: "say BYE" }],
  ["the server falls silent", { ...append, nth: 2, does: "stall" }],
  ["APPENDUID is missing", reworded((answer) => answer.replace(/\[APPENDUID [^\]]*\] ?/i, ""))],
  [
    "APPENDUID names UIDs that are not there",
    reworded((answer) => answer.replace(/(\[APPENDUID \d+) [^\]]*\]/i, "$1 4000:4019]")),
  ],
  [
    "APPENDUID names another UIDVALIDITY",
    reworded((answer) => answer.replace(/\[APPENDUID \d+ /i, "[APPENDUID 7 ")),
  ],
  ["one APPEND is refused for the quota", refused("[OVERQUOTA] Quota exceeded")],
  ["one APPEND is refused with LIMIT", refused("[LIMIT] Not now")],
  ["one APPEND is refused with INUSE", refused("[INUSE] Mailbox is locked")],
  ["one APPEND is refused with UNAVAILABLE", refused("[UNAVAILABLE] Storage is away")],
];

const faultsOfSource: readonly (readonly [string, Fault])[] = [
  ["a FETCH is cut in the midst of a message", { ...fetch, nth: 1, does: "cut the answer" }],
  ["a FETCH leaves a message out", { ...fetch, nth: 1, does: "leave one out" }],
  ["the source falls silent", { ...fetch, nth: 1, does: "stall" }],
  ["the source says BYE", { ...fetch, nth: 2, does: "say BYE" }],
];

/** A busy machine answers late: only where a server falls silent is that noticed within a second. */
const patientUnlessStalled = ({ does }: Fault): Pick<MailServers, "enter"> => ({
  enter: (server, login) =>
    imapMailServers().enter(does === "stall" ? { ...server, silenceMilliseconds: 1_000 } : server, login),
});

/** As an admin runs it again until its exit status says that all is well: 0 is believed, everything else is not. */
const passesUntilWell = async (world: CopyWorld): Promise<number> => {
  for (let pass = 1; pass <= 4; pass += 1) {
    await makePass(world);
    if ((await statusOfCommand(world)) === exitStatus.done) return pass;
  }
  throw new Error(`It did not end well: ${JSON.stringify((await world.state()).state)}`);
};

const expectEqual = async (source: Server, target: Server): Promise<void> => {
  const [from, to] = [
    await snapshotMailbox(source.accessOf(someone.user)),
    await snapshotMailbox(target.accessOf(someone.user)),
  ];
  expectSameMailbox(from, to);
};

type Server = Awaited<ReturnType<typeof privateDovecot>>;

const kinds = [
  ["a server with MULTIAPPEND and LITERAL+", {}],
  ["a thin server", { capability: thinCapability }],
] as const;

describe.each(kinds)("a target that is %s", (_kind, options) => {
  it.each(faultsOfTarget)("ends equal to the source when %s", async (_name, fault) => {
    const [source, target] = [await privateDovecot(), await privateDovecot(options)];
    await seedMailbox(source, someone.user, folders);
    const proxy = await faultProxy(target);
    proxy.arm(fault);
    const world = await realMailbox(source, proxy, {}, patientUnlessStalled(fault));
    await passesUntilWell(world);
    expect(proxy.strikes()).toBe(1);
    expect((await world.state()).totals?.messages.source).toBe(messages);
    await expectEqual(source, target);
  });
});

describe("a source", () => {
  it.each(faultsOfSource)("is copied whole when %s", async (_name, fault) => {
    const [source, target] = [await privateDovecot(), await privateDovecot()];
    await seedMailbox(source, someone.user, folders);
    const proxy = await faultProxy(source);
    proxy.arm(fault);
    const world = await realMailbox(proxy, target, {}, patientUnlessStalled(fault));
    await passesUntilWell(world);
    expect(proxy.strikes()).toBe(1);
    await expectEqual(source, target);
  });
});

describe("the exit status of the command", () => {
  it.each([
    ["a folder's messages are refused for the quota", "[OVERQUOTA] Quota exceeded"],
    ["a folder's messages are refused with LIMIT", "[LIMIT] Not now"],
  ])("hides no loss when %s, and is 0 when the next run has brought them", async (_name, words) => {
    const [source, target] = [await privateDovecot(), await privateDovecot()];
    await seedMailbox(source, someone.user, folders);
    const proxy = await faultProxy(target);
    proxy.arm({ at: /^APPEND "?Work/i, nth: 1, always: true, does: "refuse", words });
    const world = await realMailbox(source, proxy);
    const { totals } = await makePass(world);
    expect(totals?.messages).toMatchObject({ copied: messages - 2, refused: 2 });
    expect(await statusOfCommand(world)).toBe(exitStatus.doneWithLosses);
    proxy.arm(null);
    expect(await passesUntilWell(world)).toBe(1);
    await expectEqual(source, target);
  });

  it("hides no loss when the target loses what it had taken, and is 0 when it was copied again", async () => {
    const [source, target] = [await privateDovecot(), await privateDovecot()];
    await seedMailbox(source, someone.user, folders);
    const world = await realMailbox(source, target);
    await world.startPass();
    while (world.workQueue.next()?.work !== "complete") await world.workOff(world, undefined, 1);
    const session = await imapMailServers().enter(plainAddress("target", target), {
      mailbox: someone.user,
      ...someone,
    });
    await session.remove(FolderPath.parse("INBOX"), UidSet.parse("3:5"));
    await session.leave();
    await world.workOff();
    expect(await statusOfCommand(world)).toBe(exitStatus.doneWithLosses);
    expect(await passesUntilWell(world)).toBe(1);
    await expectEqual(source, target);
  });
});

describe("a target that refuses for as long as it likes", () => {
  it.each(["[OVERQUOTA] Quota exceeded", "[LIMIT] Not now"])(
    "has every message counted as refused with its words, and takes them all later: %s",
    async (words) => {
      const [source, target] = [await privateDovecot(), await privateDovecot()];
      await seedMailbox(source, someone.user, folders);
      const proxy = await faultProxy(target);
      proxy.arm({ ...refused(words), always: true });
      const world = await realMailbox(source, proxy);
      const { totals } = await makePass(world);
      expect(totals?.messages).toEqual({ source: messages, copied: 0, alreadyThere: 0, refused: messages });
      expect(await statusOfCommand(world)).toBe(exitStatus.doneWithLosses);
      const kept = await world.mailboxes.refused(world.account);
      expect(kept.map((message) => message.words)).toEqual(kept.map(() => words));
      expect(kept).toHaveLength(messages);
      proxy.arm(null);
      expect(await passesUntilWell(world)).toBe(1);
      await expectEqual(source, target);
    },
  );

  it.each(["[INUSE] Mailbox is locked", "[UNAVAILABLE] Storage is away"])(
    "is waited for, longer than a message may fail, and nothing fails: %s",
    async (words) => {
      const [source, target] = [await privateDovecot(), await privateDovecot()];
      await seedMailbox(source, someone.user, folders);
      const proxy = await faultProxy(target);
      proxy.arm({ ...refused(words), always: true });
      const world = await realMailbox(source, proxy);
      await world.startPass();
      await world.workOff(world, undefined, copyQueue.maxReceiveCount + 2);
      expect((await world.state()).state.status).toBe("copying");
      expect(await statusOfCommand(world)).toBe(exitStatus.doneWithLosses);
      proxy.arm(null);
      await world.workOff();
      expect((await world.state()).state).toMatchObject({ status: "completed", copiedInPass: messages });
      await expectEqual(source, target);
    },
  );
});

describe("a target that stores what was sent to it long after the connection was lost", () => {
  /** The messages that are in doubt are sent again by then, because nobody finds them. */
  const untilSentAgain = async () => {
    const [source, target] = [await privateDovecot(), await privateDovecot()];
    await seedMailbox(source, someone.user, folders);
    const proxy = await faultProxy(target);
    proxy.arm({ ...append, nth: 1, does: "deliver late" });
    const world = await realMailbox(source, proxy);
    await world.startPass();
    while (world.workQueue.next()?.work !== "complete") await world.workOff(world, undefined, 1);
    expect(proxy.strikes()).toBe(1);
    return { source, target, proxy, world };
  };

  it("ends equal to the source when they come before the pass is completed", async () => {
    const { source, target, proxy, world } = await untilSentAgain();
    await proxy.deliverLate();
    await expect(expectEqual(source, target)).rejects.toThrow("The mailboxes differ");
    await world.workOff();
    expect((await world.state()).state).toMatchObject({ status: "completed", copiedInPass: messages });
    await expectEqual(source, target);
  });

  it("ends equal to the source with the next pass when they come after it", async () => {
    const { source, target, proxy, world } = await untilSentAgain();
    await world.workOff();
    await expectEqual(source, target);
    await proxy.deliverLate();
    await expect(expectEqual(source, target)).rejects.toThrow("The mailboxes differ");
    expect((await makePass(world)).state).toMatchObject({ status: "completed", copiedInPass: 0 });
    await expectEqual(source, target);
  });
});

describe("a target server that is killed and started again", () => {
  it("ends equal to the source, whatever it had on its disk", async () => {
    const [source, target] = [await privateDovecot(), await privateDovecot()];
    await seedMailbox(source, someone.user, folders);
    const proxy = await faultProxy(target);
    const world = await realMailbox(source, proxy);
    proxy.arm({ ...append, nth: 2, does: "lose the answer" });
    await world.startPass();
    // The plan, and the copy that is cut off.
    await world.workOff(world, undefined, 2);
    expect(proxy.strikes()).toBe(1);
    await target.kill("SIGKILL");
    await target.restart();
    await world.workOff();
    await passesUntilWell(world);
    await expectEqual(source, target);
  });
});
