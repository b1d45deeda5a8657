import type { LocalService, ServiceAnswer } from "../service.ts";
import { element, xmlDocument } from "../xml.ts";

/** The one stack of this cloud as `DescribeStacks` tells it. */
export interface DescribedStack {
  readonly stackName: string;
  readonly stackId: string;
  readonly createdAt: Date;
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * CloudFormation's `DescribeStacks` (query protocol), so that a client finds queues, buckets and tables through the
 * stack's outputs here exactly as it does on AWS.
 */
export const openCloudFormation = (stack: DescribedStack): LocalService => ({
  signingName: "cloudformation",
  answer: async (request) => {
    const form = new URLSearchParams(request.body.toString("utf8"));
    if (form.get("Action") !== "DescribeStacks") {
      return refusal("InvalidAction", `${form.get("Action") ?? "no action"} is not served here`);
    }
    const asked = form.get("StackName") ?? stack.stackName;
    return asked === stack.stackName || asked === stack.stackId
      ? described(stack)
      : refusal("ValidationError", `Stack with id ${asked} does not exist`);
  },
  stop: async () => undefined,
});

const namespace = "http://cloudformation.amazonaws.com/doc/2010-05-15/";
const contentType = { "content-type": "text/xml" };

const described = (stack: DescribedStack): ServiceAnswer => {
  const outputs = Object.entries(stack.outputs).map(([key, value]) =>
    element("member", [element("OutputKey", key), element("OutputValue", value)]),
  );
  const member = element("member", [
    element("StackName", stack.stackName),
    element("StackId", stack.stackId),
    element("CreationTime", stack.createdAt.toISOString()),
    element("StackStatus", "CREATE_COMPLETE"),
    element("Outputs", outputs),
  ]);
  const result = element("DescribeStacksResult", [element("Stacks", [member])]);
  return {
    status: 200,
    headers: contentType,
    body: xmlDocument(element("DescribeStacksResponse", [result], namespace)),
  };
};

const refusal = (code: string, message: string): ServiceAnswer => ({
  status: 400,
  headers: contentType,
  body: xmlDocument(
    element(
      "ErrorResponse",
      [element("Error", [element("Type", "Sender"), element("Code", code), element("Message", message)])],
      namespace,
    ),
  ),
});
