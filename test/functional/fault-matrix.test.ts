import { describe, expect, it } from "vitest";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import { thinCapability } from "../../infra/local/demo/dovecot/options.ts";
import type { MailServers } from "../../shared/ports/mail-server.ts";
import { type Fault, faultProxy } from "../support/fault-proxy.ts";
import { append, faultyTarget, refused } from "../support/faulty-target.ts";
import { expectEqual, filledSource, messages, passesUntilWell } from "../support/hard-mailbox.ts";
import { privateDovecot } from "../support/private-dovecot.ts";
import { makePass, realMailbox } from "../support/real-mailbox.ts";

const fetch = { at: /^UID FETCH .*BODY\.PEEK\[\]/i } as const;
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

const kinds = [
  ["a server with MULTIAPPEND and LITERAL+", {}],
  ["a thin server", { capability: thinCapability }],
] as const;

describe.each(kinds)("a target that is %s", (_kind, options) => {
  it.each(faultsOfTarget)("ends equal to the source when %s", async (_name, fault) => {
    const servers = patientUnlessStalled(fault);
    const { source, target, proxy, world } = await faultyTarget(fault, options, servers);
    await passesUntilWell(world);
    expect(proxy.strikes()).toBe(1);
    expect((await world.state()).totals?.messages.source).toBe(messages);
    await expectEqual(source, target);
  });
});

describe("a source", () => {
  it.each(faultsOfSource)("is copied whole when %s", async (_name, fault) => {
    const [source, target] = [await filledSource(), await privateDovecot()];
    const proxy = await faultProxy(source);
    proxy.arm(fault);
    const world = await realMailbox(proxy, target, {}, patientUnlessStalled(fault));
    await passesUntilWell(world);
    expect(proxy.strikes()).toBe(1);
    await expectEqual(source, target);
  });
});

describe("a target that stores what was sent to it long after the connection was lost", () => {
  /** The messages that are in doubt are sent again by then, because nobody finds them. */
  const untilSentAgain = async () => {
    const scene = await faultyTarget({ ...append, nth: 1, does: "deliver late" });
    const { proxy, world } = scene;
    await world.startPass();
    while (world.workQueue.next()?.work !== "complete") await world.workOff(world, undefined, 1);
    expect(proxy.strikes()).toBe(1);
    return scene;
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
    const fault = { ...append, nth: 2, does: "lose the answer" } as const;
    const { source, target, proxy, world } = await faultyTarget(fault);
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
