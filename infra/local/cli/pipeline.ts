import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SFNClient } from "@aws-sdk/client-sfn";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { dynamoAccountStore } from "../../../functions/adapters/dynamodb/account-store.ts";
import { dynamoImportStore } from "../../../functions/adapters/dynamodb/import-store.ts";
import { dynamoMemberLinkStore } from "../../../functions/adapters/dynamodb/member-link-store.ts";
import { dynamoMigrationStore } from "../../../functions/adapters/dynamodb/migration-store.ts";
import { dynamoPasswordRunStore } from "../../../functions/adapters/dynamodb/password-run-store.ts";
import { StateTable } from "../../../functions/adapters/dynamodb/state-table.ts";
import { heldPasswordsIn } from "../../../functions/adapters/kms/held-passwords.ts";
import { s3ObjectStore } from "../../../functions/adapters/s3/object-store.ts";
import { StackOutputs, stackName } from "../../../shared/contract/environment.ts";
import { Timestamp } from "../../../shared/contract/ids.ts";
import type { Clock } from "../../../shared/ports/clock.ts";
import { terminalLanguage } from "./language.ts";
import { type LooksAt, looksWhenWritten, timedLooks, type Watch } from "./looks.ts";
import { refuseOpenEndpoint } from "./refuse-open-endpoint.ts";
import { UnusableInput } from "./unusable-input.ts";

/** Where a pipeline answers. Without an endpoint and credentials it is the cloud of the machine's own AWS configuration. */
export interface PipelineAddress {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** A deployed pipeline, local or not, as its operator reaches it: by the stack's outputs and nothing else. */
export type Pipeline = Awaited<ReturnType<typeof attach>>;

/**
 * Finds the stack at that address; `watch` tells of its writes where it runs in this process. @throws UnusableInput for an endpoint in clear or none at all, and Error when there is none, saying what to deploy
 */
export const attach = async (address: PipelineAddress, watch?: Watch) => {
  if (address.endpoint !== undefined) refuseOpenEndpoint(address.endpoint);
  const outputs = await describeStack(address);
  // Path style, because a bucket's own host name does not resolve to an endpoint given by address.
  const s3 = new S3Client({ ...address, forcePathStyle: true });
  const table = new StateTable(
    DynamoDBDocumentClient.from(new DynamoDBClient(address), {
      marshallOptions: { removeUndefinedValues: true },
    }),
    outputs.TableName,
  );
  const looksAt: LooksAt = watch === undefined ? timedLooks : looksWhenWritten(watch, outputs.TableName);
  return {
    outputs,
    looksAt,
    migrations: dynamoMigrationStore(table),
    clock: wallClock,
    accounts: dynamoAccountStore(table),
    memberLinks: dynamoMemberLinkStore(table),
    imports: dynamoImportStore(table),
    passwordRuns: dynamoPasswordRunStore(table),
    heldPasswords: heldPasswordsIn(table),
    s3,
    objects: s3ObjectStore(s3, outputs.UploadsBucketName),
    stepFunctions: new SFNClient(address),
    lambda: new LambdaClient(address),
    secretsManager: new SecretsManagerClient(address),
  };
};

/** This terminal's. That of functions/runtime would load the clients of every service before a command says its first word. */
const wallClock: Clock = { now: () => Timestamp.parse(new Date().toISOString()) };

/** The SDK's own words do not tell somebody who forgot the address what to do. @throws UnusableInput */
const sayWhere = (thrown: unknown): never => {
  if (!(thrown instanceof Error && thrown.message === "Region is missing")) throw thrown;
  throw new UnusableInput([noPipeline[terminalLanguage()]], { cause: thrown });
};

const noPipeline = {
  en: "No pipeline is named. Give --aws-endpoint as `npm start` prints it, or set AWS_REGION and credentials for the cloud.",
  zhCN: "没有指定流水线。请按 `npm start` 显示的地址填写 --aws-endpoint，或为云端设置 AWS_REGION 和凭证。",
} as const;

const describeStack = async (address: PipelineAddress): Promise<StackOutputs> => {
  const { Stacks = [] } = await new CloudFormationClient(address)
    .send(new DescribeStacksCommand({ StackName: stackName }))
    .catch(sayWhere);
  const outputs = Stacks[0]?.Outputs ?? [];
  return StackOutputs.parse(
    Object.fromEntries(outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue])),
  );
};
