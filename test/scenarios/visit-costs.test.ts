import { describe, expect, it } from "vitest";
import type { MemberId } from "../../shared/contract/ids.ts";
import type { BatchRecord } from "../../shared/contract/mailbox.ts";
import { SlotRecord } from "../../shared/contract/pace.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { exampleAccount, exampleId } from "../support/migration-example.ts";
import { over } from "../support/over.ts";
import { recorded } from "../support/recorded.ts";

const writing = /^(create|replace|put|remove|delete)/;

/** A world whose visits make whole passes, and the names of what is written to its stores, in order. */
const smallWorld = async (messages = 3) => {
  const [source, target] = [new FakeMailServer(), new FakeMailServer()];
  for (let number = 0; number < messages; number += 1) source.add("INBOX", mail(`number ${number}`));
  const world = await CopyWorld.with(new FakeMailServerPair(source, target));
  world.visitMilliseconds = 60_000;
  await world.startPass();
  const writes: string[] = [];
  const noted = <Port extends object>(store: string, port: Port): Port =>
    new Proxy(port, {
      get: (of, name): unknown => {
        const member: unknown = Reflect.get(of, name, of);
        if (typeof member !== "function") return member;
        return (...input: readonly unknown[]): unknown => {
          if (name === "fencedBy") return noted(store, world.mailboxes.fencedBy(Number(input[0])));
          if (writing.test(String(name))) writes.push(`${store}.${String(name)}`);
          return Reflect.apply(member, of, input);
        };
      },
    });
  const ports = over(world, {
    accounts: noted("accounts", world.accounts),
    claims: noted("claims", world.claims),
    mailboxes: noted("mailboxes", world.mailboxes),
    pace: noted("pace", world.pace),
    users: noted("users", world.users),
  });
  return { source, target, world, writes, ports };
};

const memberOf = ({ account }: CopyWorld): MemberId => {
  if (account.kind !== "member") throw new Error("It is a public mailbox.");
  return account.memberId;
};

const takesEverySlot = async (world: CopyWorld): Promise<void> => {
  const { settings } = await recorded(world);
  for (let number = 0; number < settings.copy.connectionsPerSourceHost; number += 1) {
    const slot = SlotRecord.parse({
      ...{ host: settings.source.host, number, holder: "another mailbox", bytes: 0 },
      heldUntil: "2026-11-23T00:00:00.000Z",
      day: "2026-11-22",
    });
    await world.pace.replaceSlot(null, slot);
  }
};

describe("a visit that makes the whole first pass of a mailbox", () => {
  it("writes no more than what each of its steps has to leave behind", async () => {
    const { world, writes, ports } = await smallWorld();
    await world.workOff(ports);
    const counts = Object.groupBy(writes, (name) => name);
    expect(
      Object.fromEntries(Object.entries(counts).map(([name, calls = []]) => [name, calls.length])),
    ).toEqual({
      "claims.create": 1,
      "claims.remove": 1,
      "pace.replaceSlot": 2,
      "users.putVerified": 1,
      // Begun, planned with the mark of the login, ended.
      "accounts.replace": 3,
      // Planned with its intent, and copied.
      "mailboxes.createBatch": 1,
      "mailboxes.putBatch": 1,
      // Planned, and in order.
      "mailboxes.putFolder": 2,
      "mailboxes.putSummary": 1,
    });
    const { state, verifiedAt } = await world.state();
    expect(state).toMatchObject({ status: "completed", copiedInPass: 3 });
    expect(verifiedAt).toBe(world.clock.now());
  });

  it("has stored the intent and the folder, and told those who wait for its member, before it appends anything", async () => {
    const { world, target, ports } = await smallWorld();
    let seen: unknown = null;
    target.refuses = () => {
      seen ??= Promise.all([
        world.mailboxes.batches(world.account),
        world.mailboxes.folders(world.account),
        world.users.verified(exampleId, memberOf(world)),
      ]);
      return null;
    };
    await world.workOff(ports);
    expect(await seen).toMatchObject([
      [{ parts: [{ progress: { state: "intended", targetUidNext: 1 } }] }],
      [{ sourcePath: "INBOX", plannedBelowUid: 4, targetUidNextAtFirst: 1 }],
      { address: world.account.address },
    ]);
  });

  it("gives a batch that somebody else has stored an intent of its own before it appends anything", async () => {
    const { world, target, ports } = await smallWorld();
    const intents: BatchRecord[] = [];
    const { mailboxes } = world;
    const create = mailboxes.createBatch.bind(mailboxes);
    const fencedBy = mailboxes.fencedBy.bind(mailboxes);
    mailboxes.fencedBy = (token) => {
      const fenced = fencedBy(token);
      const put = fenced.putBatch.bind(fenced);
      fenced.createBatch = async (batch) => {
        await create({
          ...batch,
          parts: batch.parts.map((part) => ({ ...part, progress: { state: "planned" } })),
        });
        return false;
      };
      fenced.putBatch = async (batch) => {
        if (target.appended === 0) intents.push(batch);
        await put(batch);
      };
      return fenced;
    };
    await world.workOff(ports);
    expect(intents).toMatchObject([{ parts: [{ progress: { state: "intended" } }] }]);
    expect(target.appended).toBe(3);
    expect((await world.state()).state).toMatchObject({ status: "completed", copiedInPass: 3 });
  });
});

describe("a mailbox that finds no connection free", () => {
  it("opens no password for nothing, however often it looks", async () => {
    const { world, ports } = await smallWorld();
    await takesEverySlot(world);
    let opened = 0;
    const open = world.vault.open.bind(world.vault);
    world.vault.open = async (key) => {
      opened += 1;
      return open(key);
    };
    await world.workOff(ports, undefined, 3);
    expect(opened).toBe(0);
    expect((await world.state()).state).toMatchObject({
      status: "copying",
      waiting: { reason: "connections" },
    });
    world.pace.slots.clear();
    await world.workOff(ports);
    expect(opened).toBe(2);
    expect((await world.state()).state).toMatchObject({ status: "completed" });
  });
});

describe("an account that another writer changed in the midst of a visit", () => {
  it("keeps what was written there", async () => {
    const { world, target, ports } = await smallWorld();
    const other = { ...exampleAccount(1), name: "Renamed meanwhile" };
    let renaming: Promise<unknown> | undefined;
    target.refuses = () => {
      renaming ??= world
        .state()
        .then((stored) => world.accounts.replace(stored, { ...stored, name: other.name }));
      return null;
    };
    await world.workOff(ports);
    expect(await renaming).toBe(true);
    expect(await world.state()).toMatchObject({ name: other.name, state: { status: "completed" } });
  });
});
