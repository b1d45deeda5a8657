import { PutCommand, QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "vitest";
import { openStateTable } from "../support/state-table.ts";

/** The local Query takes a shorter way for an expression that was accepted once: each is asked three times. */
const times = [1, 2, 3];

const openQuery = async () => {
  const { raw, name } = await openStateTable();
  for (const [pk, sk] of [
    ["A", "X#1"],
    ["A", "X#2"],
    ["A", "Y#1"],
    ["B", "X#1"],
  ])
    await raw.send(new PutCommand({ TableName: name, Item: { pk, sk, openIn: "x" } }));
  return async (asked: Omit<QueryCommandInput, "TableName">) => {
    const { Items = [], LastEvaluatedKey } = await raw.send(new QueryCommand({ TableName: name, ...asked }));
    return { found: Items.map(({ pk, sk }) => `${String(pk)} ${String(sk)}`), LastEvaluatedKey };
  };
};

const beginning = (prefix: unknown, others: object = {}) => ({
  KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
  ExpressionAttributeValues: { ":pk": "A", ":prefix": prefix, ...others },
});

describe("the local Query", () => {
  it.each(times)("finds a partition, and what begins alike in it (time %i)", async () => {
    const query = await openQuery();
    const whole = { KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": "A" } };
    expect((await query(whole)).found).toEqual(["A X#1", "A X#2", "A Y#1"]);
    expect((await query(beginning("X#"))).found).toEqual(["A X#1", "A X#2"]);
    expect((await query(beginning("Z#"))).found).toEqual([]);
  });

  it.each(times)("reads on behind a key, and backwards (time %i)", async () => {
    const query = await openQuery();
    const { found, LastEvaluatedKey } = await query({ ...beginning("X#"), Limit: 1 });
    expect([found, LastEvaluatedKey]).toEqual([["A X#1"], { pk: "A", sk: "X#1" }]);
    const rest = await query({ ...beginning("X#"), ExclusiveStartKey: LastEvaluatedKey });
    expect(rest.found).toEqual(["A X#2"]);
    const last = await query({ ...beginning("X#"), ScanIndexForward: false, Limit: 1 });
    expect(last.found).toEqual(["A X#2"]);
  });

  it.each(times)("filters and renames where it is asked to (time %i)", async () => {
    const query = await openQuery();
    const filtered = await query({
      ...beginning("X#", { ":open": "y" }),
      FilterExpression: "openIn = :open",
    });
    expect(filtered.found).toEqual([]);
    const renamed = await query({
      KeyConditionExpression: "#p = :pk",
      ExpressionAttributeNames: { "#p": "pk" },
      ExpressionAttributeValues: { ":pk": "B" },
    });
    expect(renamed.found).toEqual(["B X#1"]);
  });

  it.each([
    ["a value that is not used", beginning("X#", { ":other": "1" }), "unused in expressions"],
    ["a value of another type than the key's", beginning(1), "Incorrect operand type"],
    [
      "a value that is missing",
      { ...beginning("X#"), ExpressionAttributeValues: { ":pk": "A" } },
      "An expression attribute value used in expression is not defined",
    ],
    [
      "a reserved word",
      { KeyConditionExpression: "name = :pk", ExpressionAttributeValues: { ":pk": "A" } },
      "reserved keyword",
    ],
    [
      "what is no key",
      { KeyConditionExpression: "openIn = :pk", ExpressionAttributeValues: { ":pk": "A" } },
      "missed key schema element",
    ],
    [
      "one key twice",
      {
        KeyConditionExpression: "pk = :pk AND begins_with(pk, :prefix)",
        ExpressionAttributeValues: { ":pk": "A", ":prefix": "A" },
      },
      "only contain one condition per key",
    ],
  ])("refuses %s, also where the expression was accepted before", async (_what, asked, reason) => {
    const query = await openQuery();
    for (const _time of times) {
      await query(beginning("X#"));
      await expect(query(asked)).rejects.toThrow(reason);
    }
  });
});
