import { describe, expect, it } from "vitest";
import { PassNumber } from "../../shared/contract/ids.ts";
import { BatchId, BatchRecord } from "../../shared/contract/mailbox.ts";
import { copyPlanned } from "../../shared/copy/copy-planned.ts";
import { readRecords } from "../../shared/copy/mailbox-records.ts";
import { planMailbox } from "../../shared/copy/plan-mailbox.ts";
import { isFinished } from "../../shared/copy/progress.ts";
import { targetUidsOf } from "../../shared/copy/uid-map.ts";
import { countUids, uidRange } from "../../shared/copy/uid-set.ts";
import { plainProfiles } from "../../shared/folders/folder-profile.ts";
import type { MailSession, Side } from "../../shared/ports/mail-server.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { instead } from "../support/instead.ts";
import { Interruption } from "../support/interruptions.ts";
import { oneConnection } from "../support/one-connection.ts";
import { type Trip, Tripwire } from "../support/tripwire.ts";

const pass = PassNumber.parse(1);
const login = { mailbox: "a", user: "a", password: "p" };

interface Case {
  readonly name: string;
  /** Happens when the mailbox is planned. */
  readonly meanwhile?: (ends: { source: FakeMailServer; target: FakeMailServer }) => void;
  /** Messages that end on the target, in its folders. */
  readonly held: Readonly<Record<string, number>>;
  readonly refused?: readonly string[];
}

const cases: readonly Case[] = [
  { name: "that are copied whole", held: { INBOX: 6, Work: 3, Else: 2 } },
  {
    name: "the last message of one of which is refused while the next one is being read",
    meanwhile: ({ target }) => {
      target.refuses = (raw) =>
        /INBOX [36]\b/.test(new TextDecoder().decode(raw)) ? { code: "TOOBIG", words: "Too big." } : null;
    },
    held: { INBOX: 4, Work: 3, Else: 2 },
    refused: ["INBOX 3", "INBOX 6"],
  },
  {
    name: "one of which goes into a folder that is replaced at the target",
    meanwhile: ({ target }) => target.replaceUidValidity("Work"),
    held: { INBOX: 6, Work: 0, Else: 2 },
  },
  {
    name: "one of which comes out of a folder that is gone",
    meanwhile: ({ source }) => source.delete("Else"),
    held: { INBOX: 6, Work: 3, Else: 0 },
  },
];

/** A mailbox whose plan is cut into three batches: the first half of INBOX, Work with the rest of INBOX, and Else. */
const planned = async ({ meanwhile }: Case) => {
  const ends = { source: new FakeMailServer(), target: new FakeMailServer() };
  for (const [folder, messages] of Object.entries({ INBOX: 6, Work: 3, Else: 2 })) {
    if (folder !== "INBOX") ends.source.create(folder);
    for (let number = 1; number <= messages; number += 1)
      ends.source.add(folder, mail(`${folder} ${number}`));
  }
  const servers = new FakeMailServerPair(ends.source, ends.target);
  const world = await CopyWorld.with(servers);
  const enter = (side: Side) =>
    world.mailServers.enter({ side, host: "fake", port: 143, tls: "none" }, login);
  const sessions = { source: await enter("source"), target: await enter("target"), profiles: plainProfiles };
  const { batches } = await planMailbox(world, sessions, {
    ...{ account: world.account, pass, refusedOnly: false, isCopiedAtOnce: async () => false },
    records: readRecords(world, world.account),
  });
  for (const batch of inThree(batches)) await world.mailboxes.putBatch(batch);
  meanwhile?.(ends);
  return { ends, world };
};

const inThree = ([batch]: readonly BatchRecord[]): readonly BatchRecord[] => {
  const [inbox, work, other] = batch?.parts ?? [];
  if (batch === undefined || inbox === undefined || work === undefined || other === undefined)
    throw new Error("The plan is another one.");
  const half = (uids: typeof inbox.uids) => ({ ...inbox, uids, messages: 3 });
  const parts = [[half(uidRange(1, 3))], [work, half(uidRange(4, 6))], [other]];
  return parts.map((own, index) => ({
    ...batch,
    batchId: BatchId.parse(`000001-00000${index + 1}`),
    parts: own,
  }));
};

/** What the next worker finds and does, again until nothing is left. */
const copied = async (test: Case, trip: Trip | null) => {
  const { ends, world } = await planned(test);
  const wire = new Tripwire();
  wire.arm(trip);
  const orders: string[] = [];
  const visit = async (): Promise<void> => {
    const ports = wire.string(world);
    const enter = async (side: Side): Promise<MailSession> =>
      ports.mailServers.enter({ side, host: "fake", port: 143, tls: "none" }, login);
    const sessions = {
      source: noting(oneConnection(await enter("source")), orders),
      target: noting(await enter("target"), orders),
      profiles: plainProfiles,
    };
    const mailboxes = noting(ports.mailboxes, orders);
    const { accounts, clock } = ports;
    await copyPlanned({ accounts, clock, mailboxes }, sessions, {
      ...{ account: world.account, pass, targetHost: "fake", completes: true },
      batches: await mailboxes.batches(world.account),
      folders: await mailboxes.folders(world.account),
      isDue: async () => true,
      beforeChunk: () => undefined,
      whenRead: () => orders.push("everything is read"),
    });
  };
  try {
    await visit();
  } catch (thrown) {
    if (trip === null) throw thrown;
    if (thrown instanceof Interruption) wire.revive();
    await visit();
  }
  return { ends, world, calls: wire.calls, orders };
};

/** The same port; what is asked of it is noted when it is asked. */
const noting = <Port extends object>(port: Port, orders: string[]): Port =>
  new Proxy(port, {
    get: (target, name): unknown => {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== "function") return member;
      return (...input: readonly unknown[]): unknown => {
        const batch = name === "putBatch" ? BatchRecord.parse(input[0]) : null;
        orders.push(
          batch === null
            ? `${String(name)} ${String(input[0])}`
            : `putBatch ${batch.batchId.slice(-1)} ${batch.parts.map(({ progress }) => progress.state).join(" ")}`,
        );
        return Reflect.apply(member, target, input);
      };
    },
  });

describe.each(cases)("batches of one visit $name", (test) => {
  const expectEnd = async ({ ends, world }: Awaited<ReturnType<typeof copied>>, what = "left alone") => {
    const batches = await world.mailboxes.batches(world.account);
    expect(batches.every(isFinished), `${what}`).toBe(true);
    const held = Object.fromEntries(
      Object.entries(ends.target.content()).map(([path, messages]) => [path, new Set(messages).size]),
    );
    expect(held, `${what}`).toEqual(test.held);
    expect(ends.target.appended, `${what}`).toBe(Object.values(held).reduce((sum, count) => sum + count, 0));
    const mapped = batches.flatMap(({ parts }) =>
      parts.map(({ progress }) =>
        progress.state === "recorded" ? countUids(targetUidsOf(progress.copied)) : 0,
      ),
    );
    expect(
      mapped.reduce((sum, count) => sum + count, 0),
      `${what}`,
    ).toBe(ends.target.appended);
    const refused = await world.mailboxes.refused(world.account);
    expect(refused.map(({ subject }) => subject).toSorted(), `${what}`).toEqual(test.refused ?? []);
  };

  it("end with every message once, and nothing but more messages is asked of the source while it is being read", async () => {
    const run = await copied(test, null);
    await expectEnd(run);
    expect(run.orders.filter((step) => step.startsWith("everything is read"))).toHaveLength(1);
  });

  it.each(["death", "lost connection"] as const)("end the same after a %s at any call", async (fault) => {
    const { calls } = await copied(test, null);
    expect(calls).toBeGreaterThan(20);
    for (let call = 1; call <= calls; call += 1) {
      for (const moment of ["before", "after"] as const) {
        await expectEnd(
          await copied(test, { call, moment, fault }),
          `${fault} ${moment} call ${call} of ${calls}`,
        );
      }
    }
  });
});

describe("batches of one visit", () => {
  const [whole] = cases;
  if (whole === undefined) throw new Error("There is no case.");

  it("are read while the one before is being appended, and recorded before the next one's intent", async () => {
    const { orders } = await copied(whole, null);
    const [first, second, third] = ["1", "2", "3"].map((number) => ({
      intended: orders.findIndex((step) => step.startsWith(`putBatch ${number} intended`)),
      recorded: orders.findIndex((step) => step.startsWith(`putBatch ${number} recorded`)),
    }));
    for (const [before, after] of [
      [first?.intended, orders.indexOf("append INBOX")],
      [first?.recorded, second?.intended],
      [orders.indexOf("fetch Work"), second?.intended],
      [orders.indexOf("fetch Else"), third?.intended],
      [second?.intended, orders.indexOf("append Work")],
      [second?.recorded, third?.intended],
      [third?.intended, orders.indexOf("append Else")],
      [orders.indexOf("everything is read"), third?.recorded],
    ]) {
      expect(before, `${orders.join()}`).toBeGreaterThanOrEqual(0);
      expect(before, `${orders.join()}`).toBeLessThan(after ?? 0);
    }
  });

  it("are gone on with while it is still being shown how far the last one came", async () => {
    const { world } = await planned(whole);
    const isBegun = Promise.withResolvers<void>();
    const enter = (side: Side) =>
      world.mailServers.enter({ side, host: "fake", port: 143, tls: "none" }, login);
    const { accounts, clock } = world;
    let shown = 0;
    const ports = {
      clock,
      accounts: instead(accounts, {
        get: async (...which: Parameters<typeof accounts.get>) => {
          await isBegun.promise;
          shown += 1;
          return accounts.get(...which);
        },
      }),
      mailboxes: instead(world.mailboxes, {
        putBatch: async (batch: BatchRecord) => {
          if (batch.batchId.endsWith("2")) isBegun.resolve();
          return world.mailboxes.putBatch(batch);
        },
      }),
    };
    const sessions = {
      source: await enter("source"),
      target: await enter("target"),
      profiles: plainProfiles,
    };
    const batches = await copyPlanned(ports, sessions, {
      ...{ account: world.account, pass, targetHost: "fake", completes: false },
      batches: await world.mailboxes.batches(world.account),
      folders: await world.mailboxes.folders(world.account),
      isDue: async () => true,
      beforeChunk: () => undefined,
    });
    expect(batches.every(isFinished)).toBe(true);
    expect(shown).toBe(3);
  });
});
