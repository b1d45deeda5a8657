import { ArnFormat, Stack } from "aws-cdk-lib";
import { Grant, type IGrantable } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";

/** The machine's name. Fixed, because functions that the machine depends on must name it before it is there. */
export const stateMachineName = "mailferry";

/** The right to end a phase's wait, which IAM gives by the state machine that handed the token out. */
export const grantAnswerTaskTokens = (grantee: IGrantable & Construct): void => {
  Grant.addToPrincipal({
    grantee,
    actions: ["states:SendTaskSuccess"],
    resourceArns: [
      Stack.of(grantee).formatArn({
        service: "states",
        resource: "stateMachine",
        resourceName: stateMachineName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
    ],
  });
};
