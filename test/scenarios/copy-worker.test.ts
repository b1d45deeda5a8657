import { describe, expect, it } from "vitest";
import { MailferryError } from "../../shared/contract/errors.ts";
import { copyQueue } from "../../shared/contract/queue.ts";
import { OutOfTime } from "../../shared/copy/out-of-time.ts";
import { workMailbox } from "../../shared/copy/work-mailbox.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { delivery } from "../support/delivery.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { completed, exampleAccount, exampleId, inHistory } from "../support/migration-example.ts";
import { over } from "../support/over.ts";
import { recorded } from "../support/recorded.ts";

const worldOf = async (migration = inHistory({ fannedOut: true })) => {
  const [source, target] = [new FakeMailServer(), new FakeMailServer()];
  const servers = new FakeMailServerPair(source, target);
  return { source, target, servers, world: await CopyWorld.with(servers, exampleAccount(1), migration) };
};
const unreachable = new MailferryError("ServerUnreachable", {
  side: "source",
  host: "fake",
  port: 993,
  reason: "refused",
});
const refusingEntry = (thrown: Error) => ({
  enter: async () => {
    throw thrown;
  },
});

describe("work that no longer concerns a mailbox", () => {
  it("is dropped when the account has ended the pass, is in a newer one, or is gone", async () => {
    const { world, target } = await worldOf();
    const account = exampleAccount(1);
    await world.accounts.replace(account, { ...account, state: completed(2) });
    for (const pass of [1, 2]) {
      expect(await workMailbox(world, delivery(world, "plan", pass))).toBe("dropped");
      expect(await workMailbox(world, delivery(world, "complete", pass))).toBe("dropped");
    }
    expect(await workMailbox(world, delivery(world, "copy", 1))).toBe("dropped");
    expect((await world.state()).state).toEqual(completed(2));
    expect(target.appended).toBe(0);
  });

  it("is done once when the plan is delivered twice", async () => {
    const { world, source, target } = await worldOf();
    source.add("INBOX", mail("one"));
    await workMailbox(world, delivery(world, "plan"));
    world.workQueue.forgetDeduplication();
    await workMailbox(world, delivery(world, "plan"));
    await world.workOff();
    expect(target.appended).toBe(1);
    expect((await world.state()).state).toMatchObject({ status: "completed", copiedInPass: 1 });
  });
});

describe("a mailbox that cannot be entered", () => {
  it("is 未启动迁移 for a missing password, and its pass counts as ended", async () => {
    const { world } = await worldOf();
    await world.vault.destroyAll(exampleId);
    await world.startPass();
    await world.workOff();
    const reason = { kind: "passwordMissing", side: "source" };
    expect((await world.state()).state).toEqual({ status: "notStarted", reason, pass: 1 });
    expect(await world.migrations.get(exampleId)).toMatchObject({ pass: { settledAt: world.clock.now() } });
  });

  it("is one whose member is asked for the missing password, where the settings say so", async () => {
    const { world } = await worldOf();
    await world.vault.destroyAll(exampleId);
    const migration = await recorded(world);
    const settings = { ...migration.settings, members: { ...migration.settings.members, ask: true } };
    await world.migrations.replace(migration, { ...migration, settings });
    await world.startPass();
    await world.workOff();
    const reason = { kind: "memberAsked" };
    expect((await world.state()).state).toEqual({ status: "notStarted", reason, pass: 1 });
  });

  it("is 未启动迁移 for a refused login, with the server's words", async () => {
    const { world, servers } = await worldOf();
    servers.refusing.add("target");
    await world.startPass();
    await world.workOff();
    expect((await world.state()).state).toMatchObject({
      status: "notStarted",
      pass: 1,
      reason: { kind: "loginRefused", error: { evidence: { words: "Authentication failed." } } },
    });
  });

  it("fails after the last attempt with what kept it away, and not before", async () => {
    const { world } = await worldOf();
    const ports = over(world, { mailServers: refusingEntry(unreachable) });
    for (let receive = 1; receive < copyQueue.maxReceiveCount; receive += 1) {
      await expect(workMailbox(ports, delivery(world, "plan", 1, receive))).rejects.toBe(unreachable);
      expect((await world.state()).state.status).toBe("copying");
    }
    const last = delivery(world, "plan", 1, copyQueue.maxReceiveCount);
    await expect(workMailbox(ports, last)).rejects.toBe(unreachable);
    expect((await world.state()).state).toMatchObject({
      status: "failed",
      error: { name: "ServerUnreachable" },
    });
    expect(await world.migrations.get(exampleId)).toMatchObject({ pass: { settledAt: world.clock.now() } });
  });
});

describe("the last attempt", () => {
  it("leaves the mailbox failed when the worker dies in it without a word", async () => {
    const { world, source } = await worldOf();
    source.add("INBOX", mail("one"));
    await workMailbox(world, delivery(world, "plan"));
    const stuck = over(world, { mailServers: { enter: () => new Promise<never>(() => undefined) } });
    void workMailbox(stuck, delivery(world, "copy", 1, copyQueue.maxReceiveCount));
    await expect
      .poll(async () => (await world.state()).state)
      .toMatchObject({
        status: "failed",
        error: { name: "BatchesUnfinished", evidence: { count: 1 } },
      });
  });

  it("takes the failure back when it gets through, and the mailbox is completed", async () => {
    const { world, source, target } = await worldOf();
    source.add("INBOX", mail("one"));
    for (const work of ["plan", "copy"] as const) {
      await workMailbox(world, delivery(world, work, 1, copyQueue.maxReceiveCount));
      expect((await world.state()).state.status).toBe("copying");
    }
    await workMailbox(world, delivery(world, "complete", 1, copyQueue.maxReceiveCount));
    expect((await world.state()).state).toMatchObject({ status: "completed", copiedInPass: 1 });
    expect(target.appended).toBe(1);
  });

  it("hands what it left unfinished to the next pass, which doubles nothing", async () => {
    const { world, source, target } = await worldOf();
    for (let number = 0; number < 200; number += 1) source.add("INBOX", mail(`mail ${number}`));
    await world.startPass();
    await world.workOff(world, () => (target.appended < 3 * 64 ? 300_000 : 19_000));
    expect((await world.state()).state).toMatchObject({
      status: "failed",
      error: { name: "BatchesUnfinished", evidence: { count: 1 } },
    });
    expect(target.appended).toBe(3 * 64);
    await world.startPass();
    await world.workOff();
    expect((await world.state()).state).toMatchObject({ status: "completed" });
    expect(target.content()).toEqual(source.content());
  });
});

describe("a worker whose time runs out", () => {
  it("stops before the next chunk and is taken up where it stood", async () => {
    const { world, source, target } = await worldOf();
    for (let number = 0; number < 100; number += 1) source.add("INBOX", mail(`mail ${number}`));
    await workMailbox(world, delivery(world, "plan"));
    const remainingMilliseconds = () => (target.appended < 64 ? 300_000 : 19_000);
    await expect(workMailbox(world, { ...delivery(world, "copy"), remainingMilliseconds })).rejects.toThrow(
      OutOfTime,
    );
    expect(target.appended).toBe(64);
    await workMailbox(world, delivery(world, "copy", 1, 2));
    expect(target.appended).toBe(100);
    expect((await world.state()).state).toMatchObject({
      planned: { batches: 1, messages: 100 },
      done: { batches: 1, messages: 100 },
      folder: "INBOX",
    });
  });
});

describe("a visit that plans and copies several batches", () => {
  it("shows how far it is of all that it planned", async () => {
    const { world, source } = await worldOf();
    for (let number = 0; number < 4_001; number += 1) source.add("INBOX", `Subject: ${number}\r\n\r\n`);
    const shown: unknown[] = [];
    const replace = world.accounts.replace.bind(world.accounts);
    world.accounts.replace = async (previous, next) => {
      if (next.state.status === "copying" && next.state.planned !== undefined)
        shown.push([next.state.done.messages, next.state.planned.messages]);
      return replace(previous, next);
    };
    world.visitMilliseconds = 60_000;
    await world.startPass();
    await world.workOff();
    expect(shown).toEqual([
      [0, 4_001],
      [2_000, 4_001],
      [4_000, 4_001],
    ]);
  });
});
