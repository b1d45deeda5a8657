import { ArnFormat, Stack } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { type FunctionName, secretNamePrefix } from "../../shared/contract/environment.ts";
import { acknowledge } from "./acknowledge.ts";
import type { MailferryFunction } from "./mailferry-function.ts";

/** The right to read what settings name by ARN: master passwords of mail servers, WeCom's secret. */
export const grantReadSecrets = (grantee: MailferryFunction<FunctionName>): void => {
  const resource = `${secretNamePrefix}*`;
  grantee.addToRolePolicy(
    new PolicyStatement({
      actions: ["secretsmanager:GetSecretValue"],
      resources: [
        Stack.of(grantee).formatArn({
          service: "secretsmanager",
          resource: "secret",
          resourceName: resource,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      ],
    }),
  );
  acknowledge(
    grantee.executionRole,
    `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:${resource}]`,
    "Which secrets a migration needs is known when it starts, long after the stack was deployed; their names carry mailferry's prefix.",
  );
};
