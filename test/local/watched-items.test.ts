import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, GetCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "vitest";
import { openStateTable } from "../support/state-table.ts";

const key = { pk: "A", sk: "1" };

/** A table of which one item is watched, and what was told of it. */
const watched = async () => {
  const { raw, name, watchedItems } = await openStateTable();
  const told: string[] = [];
  const watch = watchedItems.watch({ table: name, key }, () => told.push("written"));
  return { raw, TableName: name, told, watch };
};

describe("a watched item", () => {
  it("is told of at each write of its own, when it can be read", async () => {
    const { raw, TableName, told } = await watched();
    await raw.send(new PutCommand({ TableName, Item: { ...key, n: 1 } }));
    expect(told).toHaveLength(1);
    await raw.send(
      new UpdateCommand({
        ...{ TableName, Key: key, UpdateExpression: "SET n = :n" },
        ExpressionAttributeValues: { ":n": 2 },
      }),
    );
    expect(told).toHaveLength(2);
    await raw.send(new DeleteCommand({ TableName, Key: key }));
    expect(told).toHaveLength(3);
  });

  it("is not told of when it is read, when a write is refused, or when another item is written", async () => {
    const { raw, TableName, told } = await watched();
    await raw.send(new GetCommand({ TableName, Key: key }));
    const refused = raw.send(
      new PutCommand({ TableName, Item: key, ConditionExpression: "attribute_exists(pk)" }),
    );
    await expect(refused).rejects.toThrow(ConditionalCheckFailedException);
    for (const other of [
      { pk: "A", sk: "2" },
      { pk: "B", sk: "1" },
    ])
      await raw.send(new PutCommand({ TableName, Item: other }));
    expect(told).toEqual([]);
  });

  it("is not told of to who watches no more", async () => {
    const { raw, TableName, told, watch } = await watched();
    watch[Symbol.dispose]();
    await raw.send(new PutCommand({ TableName, Item: key }));
    expect(told).toEqual([]);
  });
});
