import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { insertItems } from "../../functions/adapters/dynamodb/insert-items.ts";
import type { LocalService, ServiceRequest } from "../../infra/local/services/service.ts";
import { openIndex } from "../../shared/contract/table.ts";
import { openStateTable } from "../support/state-table.ts";

const Note = z.strictObject({ text: z.string() });
const keyOf = (number: number) => ({ pk: "NOTE", sk: String(number).padStart(3, "0") });
const items = (numbers: readonly number[], text: string, extras = {}) =>
  numbers.map((number) => ({ ...keyOf(number), ...extras, record: { text } }));
const upTo = (count: number) => Array.from({ length: count }, (_unused, index) => index);

const Asked = z.object({ Statements: z.array(z.unknown()) });

const Answered = z.object({ Responses: z.array(z.unknown()) });

const answersTo = async (service: LocalService, request: ServiceRequest, statements: readonly unknown[]) => {
  const body = Buffer.from(JSON.stringify({ Statements: statements }));
  return Answered.parse(JSON.parse(String((await service.answer({ ...request, body })).body))).Responses;
};

/** Answers the first statements in place of DynamoDB: each with the next of these codes, done or not. */
const failing =
  (codes: readonly { readonly code: string; readonly done: boolean }[]) =>
  (service: LocalService): LocalService => {
    const left = [...codes];
    return {
      ...service,
      answer: async (request) => {
        const [next] = left;
        if (next === undefined || !request.headers["x-amz-target"]?.endsWith("BatchExecuteStatement"))
          return service.answer(request);
        left.shift();
        const { Statements } = Asked.parse(JSON.parse(request.body.toString("utf8")));
        const [first, ...others] = Statements;
        const passed = next.done ? [first, ...others] : others;
        const answers = passed.length === 0 ? [] : await answersTo(service, request, passed);
        const failed = { TableName: "state", Error: { Code: next.code, Message: "told so" } };
        const Responses = [failed, ...answers.slice(next.done ? 1 : 0)];
        return { status: 200, headers: {}, body: JSON.stringify({ Responses }) };
      },
    };
  };

describe("inserting items", () => {
  it("makes what is not there, in batches, and gives back what is, as it was", async () => {
    const { table, raw, name } = await openStateTable();
    await insertItems(raw, name, items([3, 40], "first"));
    const taken = await insertItems(raw, name, items(upTo(60), "second"));
    expect(taken.map(({ sk }) => sk).sort()).toEqual(["003", "040"]);
    expect(await table.get(keyOf(3), Note)).toEqual({ text: "first" });
    expect(await table.all({ pk: "NOTE" }, Note)).toHaveLength(60);
  });

  it("brings them into the index", async () => {
    const { raw, name } = await openStateTable();
    await insertItems(raw, name, items([1, 2], "open", { openIn: "here", absent: undefined }));
    const { Count } = await raw.send(
      new QueryCommand({
        TableName: name,
        IndexName: openIndex.name,
        KeyConditionExpression: "openIn = :open",
        ExpressionAttributeValues: { ":open": "here" },
      }),
    );
    expect(Count).toBe(2);
  });

  it("asks again for statements that there was no capacity for, and makes each item once", async () => {
    const { table, raw, name } = await openStateTable(
      failing([
        { code: "ThrottlingError", done: false },
        { code: "ProvisionedThroughputExceeded", done: false },
      ]),
    );
    expect(await insertItems(raw, name, items(upTo(10), "once"))).toEqual([]);
    expect(await table.all({ pk: "NOTE" }, Note)).toHaveLength(10);
  });

  it("finds its own item where a failure was told of a statement that was done", async () => {
    const { raw, name } = await openStateTable(failing([{ code: "InternalServerError", done: true }]));
    const taken = await insertItems(raw, name, items(upTo(5), "once"));
    expect(taken.map(({ sk }) => sk)).toEqual(["000"]);
  });

  it("says what DynamoDB refuses", async () => {
    const { raw, name } = await openStateTable(failing([{ code: "AccessDenied", done: false }]));
    await expect(insertItems(raw, name, items(upTo(5), "no"))).rejects.toThrow("AccessDenied told so");
  });
});
