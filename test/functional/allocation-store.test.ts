import { describe, expect, it } from "vitest";
import { dynamoAllocationStore } from "../../functions/adapters/dynamodb/allocation-store.ts";
import { Allocation } from "../../shared/contract/allocation.ts";
import { MigrationId, Timestamp } from "../../shared/contract/ids.ts";
import { openStateTable } from "../support/state-table.ts";

const id = MigrationId.parse("yunfan.example-k3v9");
const at = Timestamp.parse("2026-11-22T08:00:00.000Z");

const allocation = (memberId: string, address: string): Allocation =>
  Allocation.parse({
    migrationId: id,
    memberId,
    name: "张伟",
    address,
    origin: "name",
    state: { status: "planned", since: at },
  });

describe("allocations in the state table", () => {
  it("are one for each member, whatever the letter case of the account name", async () => {
    const { table } = await openStateTable();
    const store = dynamoAllocationStore(table);
    const first = allocation("Zhang.Wei", "zhangwei@yunfan.example");
    expect(await store.create(first)).toBe(true);
    expect(await store.create(allocation("ZHANG.WEI", "other@yunfan.example"))).toBe(false);
    expect(await store.create(allocation("a", "a@yunfan.example"))).toBe(true);
    expect((await store.all(id)).map(({ memberId }) => memberId)).toEqual(["a", "Zhang.Wei"]);
    const confirmed: Allocation = { ...first, state: { status: "confirmed", since: at } };
    expect(await store.replace(first, confirmed)).toBe(true);
    expect(await store.replace(first, confirmed)).toBe(false);
    await store.remove(first);
    expect(await store.all(id)).toHaveLength(2);
    await store.remove(confirmed);
    expect((await store.all(id)).map(({ memberId }) => memberId)).toEqual(["a"]);
  });

  it("have addresses that are one member's only, until that member gives them up", async () => {
    const { table } = await openStateTable();
    const store = dynamoAllocationStore(table);
    const mine = allocation("u1", "zhangwei@yunfan.example");
    const theirs = allocation("u2", "zhangwei@yunfan.example");
    expect(await store.claimAddress(mine)).toBe(true);
    expect(await store.claimAddress(allocation("U1", mine.address))).toBe(true);
    expect(await store.claimAddress(theirs)).toBe(false);
    await store.releaseAddress(theirs);
    expect(await store.claimAddress(theirs)).toBe(false);
    await store.releaseAddress(mine);
    expect(await store.claimAddress(theirs)).toBe(true);
    expect(await store.all(id)).toEqual([]);
  });

  it("remember when everybody was seen to", async () => {
    const { table } = await openStateTable();
    const store = dynamoAllocationStore(table);
    expect(await store.endedAt(id)).toBeNull();
    await store.noteEnded(id, at);
    expect(await store.endedAt(id)).toBe(at);
  });
});
