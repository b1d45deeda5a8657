import { describe, expect, it } from "vitest";
import type { Member } from "../../shared/accounts/directory.ts";
import { type AllocatePorts, allocate } from "../../shared/allocation/allocate.ts";
import { tendAllocation } from "../../shared/allocation/tend-allocation.ts";
import type { Account } from "../../shared/contract/account.ts";
import type { Allocation } from "../../shared/contract/allocation.ts";
import { MailAddress, MemberId } from "../../shared/contract/ids.ts";
import { Migration } from "../../shared/contract/migration.ts";
import { objectKeys } from "../../shared/contract/objects.ts";
import { operatorCommand } from "../../shared/phases/operator-command.ts";
import { startSwitch } from "../../shared/switch/start-switch.ts";
import { tick } from "../../shared/tick/tick.ts";
import { type FakePipeline, pipelineWith, unhurried } from "../support/fake-pipeline.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import {
  completed,
  everyServer,
  exampleAccount,
  exampleDomain,
  exampleId,
  inAccounts,
  inSwitch,
  newSet,
} from "../support/migration-example.ts";

const assigning = (migration: Migration): Migration => ({
  ...migration,
  settings: { ...migration.settings, allocation: "assign" },
});

const draining = (): Migration => {
  const at = inSwitch().createdAt;
  return assigning(inSwitch({ switch: { stage: "draining", verifiedAt: at, drainUntil: at } }));
};

type Person = Pick<Member, "name"> & { readonly userid: string; readonly aliases?: readonly string[] };

const directory = async (app: FakePipeline, people: readonly Person[]): Promise<void> => {
  const members = [{ userid: "Member1", name: "成员1" }, ...people];
  await app.objects.write(objectKeys.directory(exampleId), Buffer.from(JSON.stringify(members)));
};

const people: readonly Person[] = [
  { userid: "u2", name: "张薇" },
  { userid: "U1", name: "张伟" },
  { userid: "u3", name: "欧阳修" },
];

/** A company of four, of whom member1 has an account. */
const begin = async (migration: Migration, accounts: readonly Account[] = [exampleAccount(1)]) => {
  const app = await pipelineWith(migration, accounts);
  await directory(app, people);
  return app;
};

const given = async (app: FakePipeline): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await app.allocations.all(exampleId)).map(({ memberId, address, state }) => [
      memberId,
      `${address.replace(`@${exampleDomain}`, "")} ${state.status}`,
    ]),
  );

const confirmed = { U1: "zhangwei confirmed", u2: "zhangwei2 confirmed", u3: "ouyangxiu confirmed" };
const holders = {
  [`zhangwei@${exampleDomain}`]: "u1",
  [`zhangwei2@${exampleDomain}`]: "u2",
  [`ouyangxiu@${exampleDomain}`]: "u3",
};

describe("addresses for members left over", () => {
  it("are given when the switch is verified, wherever that is interrupted", async () => {
    await interruptEverywhere({
      begin: async () => {
        const app = await begin(assigning(inSwitch()));
        app.names.answerAll(everyServer, exampleDomain, newSet);
        return app;
      },
      run: (app) => startSwitch(app, { domain: exampleDomain }, unhurried),
      check: async (app) => {
        expect(await given(app)).toEqual(confirmed);
        expect(await app.allocations.holders()).toEqual(holders);
        expect(await app.migrations.get(exampleId)).toMatchObject({ switch: { stage: "draining" } });
      },
    });
  });

  it("are given by the tick, wherever that is interrupted", async () => {
    await interruptEverywhere({
      begin: () => begin(draining()),
      run: (app) => tick(app, unhurried),
      check: async (app) => {
        expect(await given(app)).toEqual(confirmed);
        expect(await app.allocations.holders()).toEqual(holders);
      },
    });
  });

  it("are given to nobody unless the settings or an operator say so", async () => {
    const migration = draining();
    const settings = { ...migration.settings, allocation: "none" };
    const app = await begin(Migration.parse({ ...migration, settings }));
    await tick(app, unhurried);
    expect(await given(app)).toEqual({});
  });

  it("are given within the hour to those who join later, and nothing given before changes", async () => {
    const app = await begin(draining());
    await tick(app, unhurried);
    await directory(app, [{ userid: "a0", name: "张威" }, ...people]);
    await tick(app, unhurried);
    expect(await given(app)).toEqual(confirmed);
    app.clock.advance(3_600);
    await tick(app, unhurried);
    expect(await given(app)).toEqual({ a0: "zhangwei3 confirmed", ...confirmed });
  });

  it("are seen to again when the time did not suffice", async () => {
    const app = await begin(draining());
    let asked = 0;
    await tendAllocation(app, draining(), () => (asked++ < 2 ? 900_000 : 0));
    expect(Object.keys(await given(app))).toHaveLength(2);
    expect(await app.allocations.endedAt(exampleId)).toBeNull();
    await tick(app, unhurried);
    expect(await given(app)).toEqual(confirmed);
    expect(await app.allocations.endedAt(exampleId)).toBe(app.clock.now());
  });

  it("are none that an account, an alias or a public mailbox has", async () => {
    const { memberId: _memberId, department: _department, ...other } = asMember(exampleAccount(2));
    const app = await begin(draining(), [
      exampleAccount(1),
      { ...other, kind: "public", address: address("zhangwei"), target: address("sales"), users: [] },
      { ...asMember(exampleAccount(3)), memberId: MemberId.parse("u9"), target: address("ouyangxiu") },
    ]);
    await directory(app, [...people, { userid: "u9", name: "x", aliases: [`zhangwei2@${exampleDomain}`] }]);
    await tick(app, unhurried);
    expect(await given(app)).toEqual({
      U1: "zhangwei3 confirmed",
      u2: "zhangwei4 confirmed",
      u3: "ouyangxiu2 confirmed",
    });
  });

  it("are each one member's only, however many give them out at the same time", async () => {
    const app = await begin(draining());
    const migration = draining();
    const twin = Buffer.from(JSON.stringify([{ userid: "z9", name: "章伟" }]));
    const { clock, accounts, allocations, chineseNames } = app;
    const others = { clock, accounts, allocations, chineseNames, objects: { read: async () => twin } };
    const run = (ports: AllocatePorts) => allocate(ports, migration, true, unhurried);
    await Promise.all([run(app), run(others), run(app), run(others)]);
    await Promise.all([run(app), run(others)]);
    const addresses = (await app.allocations.all(exampleId)).map((allocation) => allocation.address);
    expect(addresses).toHaveLength(4);
    expect(new Set(addresses).size).toBe(4);
    expect(Object.keys(await app.allocations.holders()).sort()).toEqual([...addresses].sort());
  });

  it("go round an address that is claimed without a record", async () => {
    const app = await begin(draining());
    const ghost: Allocation = {
      migrationId: exampleId,
      memberId: MemberId.parse("ghost"),
      name: "",
      address: address("ouyangxiu"),
      origin: "name",
      state: { status: "planned", since: app.clock.now() },
    };
    await app.allocations.claimAddress(ghost);
    await tick(app, unhurried);
    expect(await given(app)).toMatchObject({ u3: "ouyangxiu2 confirmed" });
  });

  it("wait for a directory", async () => {
    const app = await pipelineWith(draining(), [exampleAccount(1)]);
    await tick(app, unhurried);
    expect(await given(app)).toEqual({});
    await directory(app, people);
    app.clock.advance(3_600);
    await tick(app, unhurried);
    expect(await given(app)).toEqual(confirmed);
  });

  it("do not keep the drain waiting when the directory cannot be read", async () => {
    const app = await begin(assigning(inSwitch()));
    await app.objects.write(objectKeys.directory(exampleId), Buffer.from("no directory"));
    app.names.answerAll(everyServer, exampleDomain, newSet);
    await expect(startSwitch(app, { domain: exampleDomain }, unhurried)).rejects.toMatchObject({
      name: "DirectoryUnreadable",
    });
    expect(await app.migrations.get(exampleId)).toMatchObject({
      switch: { stage: "draining" },
      pass: { kind: "final" },
    });
  });
});

describe("an operator", () => {
  const preview = { command: "previewAllocation", migrationId: exampleId } as const;

  it("sees page by page who would be given what, and nothing is kept", async () => {
    const app = await begin(inAccounts());
    const first = await operatorCommand(app, { ...preview, limit: 2 }, unhurried);
    expect(first).toEqual({
      outcome: "done",
      allocation: {
        members: 4,
        left: 3,
        page: [
          { memberId: "U1", name: "张伟", address: address("zhangwei"), origin: "name", status: "proposed" },
          { memberId: "u2", name: "张薇", address: address("zhangwei2"), origin: "name", status: "proposed" },
        ],
        next: "u2",
      },
    });
    const second = await operatorCommand(app, { ...preview, after: MemberId.parse("u2") }, unhurried);
    expect(second.allocation?.page?.map((line) => line.memberId)).toEqual(["u3"]);
    expect(second.allocation?.next).toBeUndefined();
    expect(await given(app)).toEqual({});
  });

  it("has addresses kept free before the switch and confirmed behind it, wherever that is interrupted", async () => {
    const order = { command: "allocate", migrationId: exampleId } as const;
    await interruptEverywhere({
      begin: () => begin(inAccounts()),
      run: (app) => operatorCommand(app, order, unhurried),
      check: async (app) => {
        expect(await given(app)).toEqual({
          U1: "zhangwei planned",
          u2: "zhangwei2 planned",
          u3: "ouyangxiu planned",
        });
        expect(await app.allocations.holders()).toEqual(holders);
        expect((await app.migrations.get(exampleId))?.settings.allocation).toBe("assign");
      },
    });
    const app = await begin(draining());
    await allocate(app, draining(), false, unhurried);
    expect(await operatorCommand(app, order, unhurried)).toEqual({
      outcome: "done",
      allocation: { members: 4, left: 3 },
    });
    expect(await given(app)).toEqual(confirmed);
  });

  it("loses no address to a plan: what an import needs is planned otherwise, who has an account needs none", async () => {
    await interruptEverywhere({
      begin: async () => {
        const app = await begin(draining());
        await allocate(app, draining(), false, unhurried);
        const account = asMember(exampleAccount(2, { state: completed(1) }));
        const target = address("zhangwei");
        await app.accounts.createAll([{ ...account, memberId: MemberId.parse("u2"), target }]);
        return app;
      },
      run: (app) => tick(app, unhurried),
      check: async (app) => {
        expect(await given(app)).toEqual({ U1: "zhangwei2 confirmed", u3: "ouyangxiu confirmed" });
        expect(Object.values(await app.allocations.holders()).sort()).toEqual(["u1", "u3"]);
      },
    });
  });

  it("is told when nothing can be said of the members yet", async () => {
    const app = await pipelineWith(inAccounts());
    expect(await operatorCommand(app, preview, unhurried)).toEqual({ outcome: "noDirectory" });
    expect(await operatorCommand(app, { command: "allocate", migrationId: exampleId }, unhurried)).toEqual({
      outcome: "noDirectory",
    });
  });
});

function asMember(account: Account): Extract<Account, { kind: "member" }> {
  if (account.kind !== "member") throw new Error("The example is no member's account.");
  return account;
}

function address(localPart: string): MailAddress {
  return MailAddress.parse(`${localPart}@${exampleDomain}`);
}
