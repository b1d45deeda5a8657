import { describe, expect, it } from "vitest";
import { openIndex, tableKeys } from "../../shared/contract/table.ts";
import { resourcesOf, synthesised } from "./support/synthesised.ts";

const { template } = await synthesised();
const only = (type: string) => {
  const [found, ...others] = resourcesOf(template, type);
  expect(others).toEqual([]);
  return found?.properties;
};

describe("the state table", () => {
  it("has the keys and the index that the stores use", () => {
    expect(only("AWS::DynamoDB::Table")).toMatchObject({
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: tableKeys.partition, KeyType: "HASH" },
        { AttributeName: tableKeys.sort, KeyType: "RANGE" },
      ],
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
  });

  it("is encrypted and can be put back to any second", () => {
    expect(only("AWS::DynamoDB::Table")).toMatchObject({
      SSESpecification: { SSEEnabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });
});

describe("the uploads bucket", () => {
  it("is closed to the public and encrypted, and tells EventBridge what arrives", () => {
    expect(only("AWS::S3::Bucket")).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
      },
      VersioningConfiguration: { Status: "Enabled" },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    });
  });

  it("lets no workbook live longer than a day, in any version or part", () => {
    expect(only("AWS::S3::Bucket")?.LifecycleConfiguration).toMatchObject({
      Rules: expect.arrayContaining([
        expect.objectContaining({
          Prefix: "uploads/",
          Status: "Enabled",
          ExpirationInDays: 1,
          NoncurrentVersionExpiration: { NoncurrentDays: 1 },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        }),
      ]),
    });
  });
});

describe("everything that is spoken to over the network", () => {
  it.each([
    ["AWS::S3::Bucket", "AWS::S3::BucketPolicy", "Bucket"],
    ["AWS::SQS::Queue", "AWS::SQS::QueuePolicy", "Queues"],
    ["AWS::SNS::Topic", "AWS::SNS::TopicPolicy", "Topics"],
  ])("%s refuses whoever comes without TLS", (type, policyType, names) => {
    const refusing = resourcesOf(template, policyType).filter(({ properties }) =>
      JSON.stringify(properties.PolicyDocument).includes(
        '"Condition":{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny"',
      ),
    );
    const covered = JSON.stringify(refusing.map(({ properties }) => properties[names]));
    const all = resourcesOf(template, type);
    expect(all).not.toEqual([]);
    for (const { id } of all) expect(covered).toContain(`"${id}"`);
  });
});

describe("the credentials key", () => {
  it("turns every year", () => {
    expect(only("AWS::KMS::Key")).toMatchObject({ EnableKeyRotation: true });
  });
});
