import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { dynamoAccountStore } from "../../functions/adapters/dynamodb/account-store.ts";
import { dynamoMigrationStore } from "../../functions/adapters/dynamodb/migration-store.ts";
import { Account } from "../../shared/contract/account.ts";
import { MailAddress, MigrationId } from "../../shared/contract/ids.ts";
import { shardOf } from "../../shared/contract/table.ts";
import { openStateTable } from "../support/state-table.ts";

const Note = z.strictObject({ text: z.string(), count: z.number() });
const key = { pk: "NOTE", sk: "1" };
const migrationId = MigrationId.parse("example.test-1");

describe("the state table", () => {
  it("creates once and leaves what is there as it is", async () => {
    const { table } = await openStateTable();
    expect(await table.create(key, { text: "first", count: 1 })).toBe(true);
    expect(await table.create(key, { text: "second", count: 2 })).toBe(false);
    expect(await table.get(key, Note)).toEqual({ text: "first", count: 1 });
  });

  it("replaces only what still stands as it was read, whatever order its keys are in", async () => {
    const { table } = await openStateTable();
    await table.put(key, { text: "first", count: 1 });
    expect(await table.replace(key, { count: 1, text: "first" }, { text: "second", count: 2 })).toBe(true);
    expect(await table.replace(key, { text: "first", count: 1 }, { text: "third", count: 3 })).toBe(false);
    expect(await table.get(key, Note)).toEqual({ text: "second", count: 2 });
  });

  it("replaces a record that was written before its schema had a field with a default", async () => {
    const { table } = await openStateTable();
    const Later = Note.extend({ colour: z.string().default("red") });
    await table.put(key, { text: "first", count: 1 });
    const read = await table.get(key, Later);
    if (read === null) throw new Error("There is no record.");
    expect(await table.replace(key, read, { ...read, count: 2 })).toBe(true);
    expect(await table.replace(key, read, { ...read, count: 3 })).toBe(false);
    expect(await table.get(key, Later)).toEqual({ text: "first", count: 2, colour: "red" });
  });

  it("does not call a record absent that it cannot read", async () => {
    const { table, raw, name } = await openStateTable();
    await raw.send(new PutCommand({ TableName: name, Item: { ...key, record: { text: 7 } } }));
    await expect(table.get(key, Note)).rejects.toMatchObject({ name: "RecordUnreadable" });
    await expect(table.page({ pk: "NOTE" }, Note, 10)).rejects.toMatchObject({ name: "RecordUnreadable" });
    expect(await table.get({ pk: "NOTE", sk: "2" }, Note)).toBeNull();
  });

  it("pages through a partition without losing or repeating a record", async () => {
    const { table } = await openStateTable();
    for (let count = 0; count < 25; count += 1) {
      await table.put({ pk: "NOTE", sk: `A${String(count).padStart(3, "0")}` }, { text: "x", count });
    }
    await table.put({ pk: "NOTE", sk: "B" }, { text: "of another kind", count: 99 });
    const read: number[] = [];
    let after: string | undefined;
    for (let pages = 0; pages < 10; pages += 1) {
      const page = await table.page(
        { pk: "NOTE", prefix: "A", ...(after === undefined ? {} : { after }) },
        Note,
        7,
      );
      read.push(...page.records.map(({ count }) => count));
      if (page.next === null) break;
      after = page.next;
    }
    expect(read).toEqual(Array.from({ length: 25 }, (_unused, count) => count));
    expect(await table.all({ pk: "NOTE" }, Note)).toHaveLength(26);
  });

  it("removes what it was told to remove, and nothing newer", async () => {
    const { table } = await openStateTable();
    await table.put(key, { text: "newer", count: 2 });
    await table.remove(key, { text: "older", count: 1 });
    expect(await table.get(key, Note)).toEqual({ text: "newer", count: 2 });
    await table.remove(key, { text: "newer", count: 2 });
    await table.remove(key);
    expect(await table.get(key, Note)).toBeNull();
  });
});

const account = (state: Account["state"]): Account =>
  Account.parse({
    kind: "member",
    migrationId,
    address: "li.na@example.test",
    target: "li.na@example.test",
    memberId: "lina",
    name: "李娜",
    department: "",
    importedAt: "2026-11-22T08:00:00.000Z",
    state,
    copiedEver: 0,
  });

describe("accounts in the table", () => {
  it("stand in the open index exactly while their pass runs", async () => {
    const { table } = await openStateTable();
    const accounts = dynamoAccountStore(table);
    const waiting = account({ status: "notStarted", reason: { kind: "historyNotBegun" } });
    expect(await accounts.createAll([waiting])).toEqual([]);
    expect(await accounts.mayHaveOpen(migrationId)).toBe(false);

    const copying = Account.parse({
      ...waiting,
      state: {
        status: "copying",
        pass: 1,
        since: "2026-11-22T08:00:01.000Z",
        done: { batches: 0, messages: 0, bytes: 0 },
      },
    });
    expect(await accounts.replace(waiting, copying)).toBe(true);
    expect(await accounts.mayHaveOpen(migrationId)).toBe(true);

    const completed = Account.parse({
      ...waiting,
      state: { status: "completed", pass: 1, since: "2026-11-22T08:00:02.000Z", copiedInPass: 3 },
    });
    expect(await accounts.replace(waiting, completed)).toBe(false);
    expect(await accounts.replace(copying, completed)).toBe(true);
    expect(await accounts.mayHaveOpen(migrationId)).toBe(false);
    const shard = shardOf(MailAddress.parse("li.na@example.test"));
    expect(await accounts.page(migrationId, shard, null)).toEqual({ accounts: [completed], next: null });
  });
});

describe("a task token that an earlier version has kept", () => {
  it("is found where that version has left it", async () => {
    const { table } = await openStateTable();
    await table.put({ pk: `MIGRATION#${migrationId}`, sk: "TOKEN#switch" }, { taskToken: "kept" });
    const migrations = dynamoMigrationStore(table);
    expect(await migrations.earlierTaskToken(migrationId, "switch")).toBe("kept");
    expect(await migrations.earlierTaskToken(migrationId, "history")).toBeNull();
  });
});
