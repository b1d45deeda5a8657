import { ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import { ListSecretsCommand } from "@aws-sdk/client-secrets-manager";
import { ListExecutionsCommand } from "@aws-sdk/client-sfn";
import { expect, it } from "vitest";
import { z } from "zod";
import { makeFirstRequests } from "../../infra/local/cli/first-requests.ts";
import { withLocalPipeline } from "../../infra/local/cli/with-pipeline.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

it("makes first requests that leave nothing behind, however often", async () => {
  await withLocalPipeline(await temporaryDirectory(), async (pipeline, { metering }) => {
    const before = metering.readings().dynamodbReads;
    await makeFirstRequests(pipeline);
    expect(metering.readings().dynamodbReads).toBeGreaterThan(before);
    const { table, s3, secretsManager, stepFunctions, outputs } = pipeline;
    expect(await table.all({ pk: "NOTHING" }, z.unknown())).toEqual([]);
    const kept = await s3.send(new ListObjectVersionsCommand({ Bucket: outputs.UploadsBucketName }));
    expect(kept.Versions ?? []).toEqual([]);
    const { SecretList } = await secretsManager.send(new ListSecretsCommand({}));
    expect(SecretList).toEqual([]);
    const stateMachineArn = outputs.StateMachineArn;
    const { executions } = await stepFunctions.send(new ListExecutionsCommand({ stateMachineArn }));
    expect(executions).toEqual([]);
  });
});
