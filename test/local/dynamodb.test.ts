import {
  BatchExecuteStatementCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
} from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "vitest";
import { problemOfItem } from "../../infra/local/services/dynamodb/attribute-values.ts";
import { openIndex } from "../../shared/contract/table.ts";
import { openStateTable } from "../support/state-table.ts";

const put = (sk: string, attributes: Record<string, unknown> = {}) => ({
  PutRequest: { Item: { pk: "A", sk, ...attributes } },
});
const write = (name: string, requests: readonly object[]) =>
  new BatchWriteCommand({ RequestItems: { [name]: [...requests] } });

describe("the local BatchWriteItem", () => {
  it("replaces what was there, and its entries in the index with it", async () => {
    const { raw, name } = await openStateTable();
    await raw.send(write(name, [put("1", { openIn: "x", n: 1 }), put("2", { openIn: "x" })]));
    await raw.send(write(name, [put("1", { n: 2 }), put("3", { openIn: "y" })]));
    const inIndex = async (openIn: string) => {
      const { Items = [] } = await raw.send(
        new QueryCommand({
          TableName: name,
          IndexName: openIndex.name,
          KeyConditionExpression: "openIn = :open",
          ExpressionAttributeValues: { ":open": openIn },
        }),
      );
      return Items.map(({ sk }) => sk);
    };
    expect(await inIndex("x")).toEqual(["2"]);
    expect(await inIndex("y")).toEqual(["3"]);
    const { Item } = await raw.send(new GetCommand({ TableName: name, Key: { pk: "A", sk: "1" } }));
    expect(Item).toEqual({ pk: "A", sk: "1", n: 2 });
  });

  it("counts a unit for each KB begun, of the larger of what was there and what is", async () => {
    const { raw, name, metering } = await openStateTable();
    await raw.send(write(name, [put("1", { text: "x".repeat(2_500) }), put("2")]));
    expect(metering.readings().dynamodbWrites).toBe(4);
    await raw.send(write(name, [put("1")]));
    expect(metering.readings().dynamodbWrites).toBe(7);
  });

  it("waits for those who write the same items one by one", async () => {
    const { raw, name } = await openStateTable();
    const onlyOnce = (sk: string) =>
      raw
        .send(
          new PutCommand({
            TableName: name,
            Item: { pk: "A", sk, by: "one" },
            ConditionExpression: "attribute_not_exists(pk)",
          }),
        )
        .then(
          () => "made",
          () => "was there",
        );
    const keys = Array.from({ length: 20 }, (_unused, index) => String(index));
    const insertion = new BatchExecuteStatementCommand({
      Statements: keys.map((sk) => ({
        Statement: `INSERT INTO "${name}" VALUE {'pk': ?, 'sk': ?, 'by': ?}`,
        Parameters: ["A", sk, "many"],
      })),
    });
    const [{ Responses = [] }, ...ones] = await Promise.all([raw.send(insertion), ...keys.map(onlyOnce)]);
    const makers = Responses.map((response, index) => [response.Error === undefined, ones[index] === "made"]);
    expect(makers.every(([many, one]) => many !== one)).toBe(true);
  });

  it.each([
    ["the same item twice", [put("1"), put("1")], "duplicates"],
    ["more than 25 items", Array.from({ length: 26 }, (_unused, index) => put(String(index))), "25"],
    ["an item without its sort key", [{ PutRequest: { Item: { pk: "A" } } }], "Missing the key sk"],
    ["an item too large", [put("1", { text: "x".repeat(409_600) })], "size"],
  ])("refuses %s, and writes nothing", async (_what, requests, reason) => {
    const { raw, name, table } = await openStateTable();
    await expect(raw.send(write(name, requests))).rejects.toThrow(reason);
    expect(await table.isOpen("x")).toBe(false);
    const { Count } = await raw.send(
      new QueryCommand({
        TableName: name,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": "A" },
      }),
    );
    expect(Count).toBe(0);
  });

  it("puts and deletes in one request", async () => {
    const { raw, name } = await openStateTable();
    await raw.send(new PutCommand({ TableName: name, Item: { pk: "A", sk: "1" } }));
    await raw.send(write(name, [{ DeleteRequest: { Key: { pk: "A", sk: "1" } } }, put("2")]));
    await raw.send(new DeleteCommand({ TableName: name, Key: { pk: "A", sk: "2" } }));
    const { Item } = await raw.send(new GetCommand({ TableName: name, Key: { pk: "A", sk: "1" } }));
    expect(Item).toBeUndefined();
  });
});

describe("the local BatchExecuteStatement", () => {
  it.each([
    [`SELECT * FROM "state"`, "only INSERT"],
    [`DELETE FROM "state" WHERE pk = ?`, "only INSERT"],
    [`INSERT INTO "state" VALUE {'pk': 'A', 'sk': ?}`, "only INSERT"],
    [`INSERT INTO "state" VALUE {'pk': ?, 'sk': ?}`, "only INSERT"],
    [`INSERT INTO "state" VALUE {'pk': ?}`, "Missing the key sk"],
    [`INSERT INTO "elsewhere" VALUE {'pk': ?}`, "not found"],
  ])("refuses %s", async (Statement, reason) => {
    const { raw } = await openStateTable();
    const asked = new BatchExecuteStatementCommand({ Statements: [{ Statement, Parameters: ["A"] }] });
    await expect(raw.send(asked)).rejects.toThrow(reason);
  });
});

describe("an item's attribute values", () => {
  it.each([
    [{ a: { S: "" } }],
    [{ a: { N: "-12.5e3" }, b: { BOOL: false }, c: { NULL: true }, d: { B: "AQI=" } }],
    [{ a: { M: { b: { L: [{ S: "x" }, { M: {} }] } } }, c: { SS: ["x", "y"] }, d: { NS: ["1", "2"] } }],
  ])("are right: %j", (item) => {
    expect(problemOfItem(item)).toBeNull();
  });

  it.each([
    [{ a: "S" }],
    [{ a: {} }],
    [{ a: { S: "x", N: "1" } }],
    [{ a: { S: 1 } }],
    [{ a: { N: 1 } }],
    [{ a: { N: "one" } }],
    [{ a: { N: "1".repeat(39) } }],
    [{ a: { BOOL: "true" } }],
    [{ a: { NULL: false } }],
    [{ a: { B: "%" } }],
    [{ a: { M: { b: { X: 1 } } } }],
    [{ a: { L: [{ S: null }] } }],
    [{ a: { L: {} } }],
    [{ a: { SS: [] } }],
    [{ a: { SS: ["x", "x"] } }],
    [{ a: { NS: ["x"] } }],
  ])("are wrong: %j", (item) => {
    expect(problemOfItem(item)).not.toBeNull();
  });
});
