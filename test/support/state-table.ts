import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { onTestFinished } from "vitest";
import { StateTable } from "../../functions/adapters/dynamodb/state-table.ts";
import type { Metering } from "../../infra/local/metering.ts";
import { type LocalDynamoDb, openDynamoDb } from "../../infra/local/services/dynamodb/service.ts";
import type { LocalService } from "../../infra/local/services/service.ts";
import { openIndex, tableKeys } from "../../shared/contract/table.ts";
import { countingMetering } from "./counting-metering.ts";
import { clientOf, serveOnLoopback } from "./loopback-service.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** An empty state table on a DynamoDB of the running test's own, with the raw client beside it; `through` may stand between the two. */
export const openStateTable = async (
  through: (service: LocalService) => LocalService = (service) => service,
): Promise<{
  table: StateTable;
  raw: DynamoDBDocumentClient;
  name: string;
  metering: Metering;
  watchedItems: LocalDynamoDb["watchedItems"];
}> => {
  const name = "state";
  const metering = countingMetering();
  const service = await openDynamoDb({
    dataDir: await temporaryDirectory(),
    region: "eu-central-1",
    metering,
  });
  const attributes = [tableKeys.partition, tableKeys.sort, openIndex.partition];
  await service.createTable(name, {
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [
      { AttributeName: tableKeys.partition, KeyType: "HASH" },
      { AttributeName: tableKeys.sort, KeyType: "RANGE" },
    ],
    AttributeDefinitions: attributes.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
    GlobalSecondaryIndexes: [
      {
        IndexName: openIndex.name,
        KeySchema: [
          { AttributeName: openIndex.partition, KeyType: "HASH" },
          { AttributeName: openIndex.sort, KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "KEYS_ONLY" },
      },
    ],
  });
  const loopback = await serveOnLoopback(through(service));
  onTestFinished(() => loopback.stop());
  const raw = DynamoDBDocumentClient.from(new DynamoDBClient(clientOf(loopback)), {
    marshallOptions: { removeUndefinedValues: true },
  });
  return { table: new StateTable(raw, name), raw, name, metering, watchedItems: service.watchedItems };
};
