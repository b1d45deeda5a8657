import { join } from "node:path";
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { create } from "dynalite/db/index.js";
import { expect, it, onTestFinished } from "vitest";
import { createTableAction } from "../../infra/local/services/dynamodb/actions.ts";
import { perform } from "../../infra/local/services/dynamodb/perform.ts";
import { openDynamoDb } from "../../infra/local/services/dynamodb/service.ts";
import { countingMetering } from "../support/counting-metering.ts";
import { clientOf, serveOnLoopback } from "../support/loopback-service.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const table = {
  BillingMode: "PAY_PER_REQUEST",
  KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
  AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
} as const;

it("makes a table anew whose making was cut off, instead of waiting for it for ever", async () => {
  const dataDir = await temporaryDirectory();
  const never = 2_000_000_000;
  const path = join(dataDir, "dynamodb");
  const cutOff = create({ path, createTableMs: never, updateTableMs: 0, deleteTableMs: 0 });
  await cutOff.db.open();
  await perform(
    cutOff,
    createTableAction,
    { ...structuredClone(table), TableName: "state" },
    countingMetering(),
  );
  await new Promise<void>((resolve) => cutOff.lifecycleManager.gracefulClose(() => resolve()));

  const service = await openDynamoDb({ dataDir, region: "eu-central-1", metering: countingMetering() });
  await service.createTable("state", {
    ...structuredClone(table),
    KeySchema: [...table.KeySchema],
    AttributeDefinitions: [...table.AttributeDefinitions],
  });
  const loopback = await serveOnLoopback(service);
  onTestFinished(() => loopback.stop());
  const put = new PutItemCommand({ TableName: "state", Item: { pk: { S: "here" } } });
  expect((await new DynamoDBClient(clientOf(loopback)).send(put)).$metadata.httpStatusCode).toBe(200);
});
