import { existsSync, statSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { describe, expect, it } from "vitest";
import { DataDirectoryInUse } from "../../infra/local/data-directory/lock.ts";
import { TableChanged } from "../../infra/local/services/dynamodb/ensure-table.ts";
import { TemplateUnsupported } from "../../infra/local/template/problems.ts";
import { bootFixture, clientsOf, output, writeFixture } from "../support/fixture-cloud.ts";

describe("a booted cloud", () => {
  it("tells its outputs through CloudFormation, as AWS would", async () => {
    const cloud = await bootFixture(await writeFixture());
    const { Stacks } = await clientsOf(cloud).cloudFormation.send(
      new DescribeStacksCommand({ StackName: "Fixture" }),
    );
    const told = Stacks?.[0]?.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]);
    expect(Object.fromEntries(told ?? [])).toEqual(cloud.outputs);
    const asking = clientsOf(cloud).cloudFormation.send(new DescribeStacksCommand({ StackName: "Other" }));
    await expect(asking).rejects.toThrow("Stack with id Other does not exist");
  });

  it("has a table with its index, and counts what AWS would bill", async () => {
    const cloud = await bootFixture(await writeFixture());
    const { dynamodb } = clientsOf(cloud);
    const TableName = output(cloud, "TableName");
    const Item = { pk: { S: "one" }, kind: { S: "账号" }, n: { N: "1" } };
    await dynamodb.send(new PutItemCommand({ TableName, Item }));
    const { Items, ConsumedCapacity } = await dynamodb.send(
      new QueryCommand({
        TableName,
        IndexName: "byKind",
        KeyConditionExpression: "kind = :kind",
        ExpressionAttributeValues: { ":kind": { S: "账号" } },
      }),
    );
    expect(Items).toEqual([Item]);
    expect(ConsumedCapacity).toBeUndefined();
    expect(cloud.metering.readings()).toMatchObject({ dynamodbWrites: 1, dynamodbReads: 0.5 });
    const again = new PutItemCommand({
      TableName,
      Item,
      ConditionExpression: "attribute_not_exists(pk)",
    });
    await expect(dynamodb.send(again)).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });
  });

  it("refuses what its DynamoDB does not do instead of doing half of it", async () => {
    const cloud = await bootFixture(await writeFixture());
    const { dynamodb } = clientsOf(cloud);
    const TableName = output(cloud, "TableName");
    const Key = { pk: { S: "one" } };
    await expect(
      dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [{ Delete: { TableName, Key } }] })),
    ).rejects.toMatchObject({ name: "UnknownOperationException" });
    await expect(
      dynamodb.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression: "SET n = :n",
          ConditionExpression: "attribute_exists(pk)",
          ExpressionAttributeValues: { ":n": { N: "1" } },
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      ),
    ).rejects.toThrow("ReturnValuesOnConditionCheckFailure is not supported");
  });

  it("keeps its data directory for its owner and to itself", async () => {
    const fixture = await writeFixture();
    await bootFixture(fixture);
    expect(statSync(fixture.dataDir).mode & 0o777).toBe(0o700);
    await expect(bootFixture(fixture)).rejects.toThrow(DataDirectoryInUse);
    await expect(bootFixture(fixture)).rejects.toThrow(String(process.pid));
  });

  it("can be stopped and booted again in one process, and goes on counting", async () => {
    const fixture = await writeFixture();
    const before = await bootFixture(fixture);
    const Key = { pk: { S: "one" } };
    await clientsOf(before).dynamodb.send(
      new PutItemCommand({ TableName: output(before, "TableName"), Item: Key }),
    );
    await before.stop();
    const after = await bootFixture(fixture);
    expect(after.credentials).toEqual(before.credentials);
    expect(after.metering.readings().dynamodbWrites).toBe(1);
    const { Item } = await clientsOf(after).dynamodb.send(
      new GetItemCommand({ TableName: output(after, "TableName"), Key }),
    );
    expect(Item).toEqual(Key);
  });
});

describe("a cloud that cannot be booted", () => {
  const changeTemplate = async (assembly: string, change: (text: string) => string): Promise<void> => {
    const path = join(assembly, "Fixture.template.json");
    await writeFile(path, change(await readFile(path, "utf8")));
  };

  it("makes nothing when the template asks for what is not supported", async () => {
    const fixture = await writeFixture();
    await changeTemplate(fixture.assembly, (text) => text.replace("AWS::S3::Bucket", "AWS::EFS::FileSystem"));
    await expect(bootFixture(fixture)).rejects.toThrow(TemplateUnsupported);
    await expect(bootFixture(fixture)).rejects.toThrow(/Resources\.Uploads: .*AWS::EFS::FileSystem/);
    expect(existsSync(fixture.dataDir)).toBe(false);
  });

  it("refuses a rule that EventBridge here would not match as AWS does, by its place in the template", async () => {
    const fixture = await writeFixture();
    await changeTemplate(fixture.assembly, (text) =>
      text.replace('"source":["aws.s3"]', '"source":[{"wildcard":"aws.*"}]'),
    );
    await expect(bootFixture(fixture)).rejects.toThrow(/Resources\.Uploaded\.Properties\.EventPattern/);
    expect(existsSync(fixture.dataDir)).toBe(false);
  });

  it("says what to do when there is no assembly", async () => {
    const fixture = await writeFixture();
    await expect(bootFixture({ ...fixture, assembly: "/nonexistent" })).rejects.toThrow("npm run synth");
  });

  it("does not take a table with other keys for its own, and lets go of the directory", async () => {
    const fixture = await writeFixture();
    await (await bootFixture(fixture)).stop();
    const path = join(fixture.assembly, "Fixture.template.json");
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replaceAll('"pk"', '"id"'));
    await expect(bootFixture(fixture)).rejects.toThrow(TableChanged);
    await writeFile(path, text);
    await expect(bootFixture(fixture)).resolves.toHaveProperty("endpoint");
  });
});
