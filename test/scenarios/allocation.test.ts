import { describe, expect, it } from "vitest";
import { type AllocatePorts, allocate } from "../../shared/allocation/allocate.ts";
import { tendAllocation } from "../../shared/allocation/tend-allocation.ts";
import type { Allocation } from "../../shared/contract/allocation.ts";
import { MemberId } from "../../shared/contract/ids.ts";
import { Migration } from "../../shared/contract/migration.ts";
import { objectKeys } from "../../shared/contract/objects.ts";
import { startSwitch } from "../../shared/switch/start-switch.ts";
import { tick } from "../../shared/tick/tick.ts";
import {
  address,
  asMember,
  assigning,
  begin,
  confirmed,
  directory,
  draining,
  given,
  holders,
  people,
} from "../support/allocation-world.ts";
import { pipelineWith, unhurried } from "../support/fake-pipeline.ts";
import { interruptEverywhere } from "../support/interruptions.ts";
import {
  everyServer,
  exampleAccount,
  exampleDomain,
  exampleId,
  inSwitch,
  newSet,
} from "../support/migration-example.ts";

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
