import { PutObjectCommand } from "@aws-sdk/client-s3";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { DescribeExecutionCommand } from "@aws-sdk/client-sfn";
import { z } from "zod";
import type { Pipeline } from "./pipeline.ts";

/**
 * Asks each service for what is not there, once: the first request of a kind takes the command line and the local cloud several times as
 * long as the next, because all the code on the way is new. Made while the functions are being loaded, when nobody waits for either.
 * Nothing is written, and nothing is to be learned from the answers.
 */
export const makeFirstRequests = async ({
  table,
  s3,
  secretsManager,
  stepFunctions,
  outputs,
}: Pick<Pipeline, "table" | "s3" | "secretsManager" | "stepFunctions" | "outputs">): Promise<void> => {
  const nowhere = { pk: "NOTHING", sk: "NOTHING" } as const;
  await Promise.allSettled([
    table.get(nowhere, z.object({})),
    table.all({ pk: nowhere.pk, prefix: nowhere.sk }, z.object({})),
    table.replace(nowhere, {}, {}),
    s3.send(new PutObjectCommand({ Bucket: "nothing", Key: "nothing", Body: new Uint8Array(1) })),
    secretsManager.send(new GetSecretValueCommand({ SecretId: "nothing" })),
    stepFunctions.send(
      new DescribeExecutionCommand({
        executionArn: outputs.StateMachineArn.replace("stateMachine", "execution"),
      }),
    ),
  ]);
};
