import { describe, expect, it } from "vitest";
import { z } from "zod";
import { functionNames } from "../../infra/bundle/function-names.ts";
import { resourcesOf, synthesised } from "./support/synthesised.ts";

const { template } = await synthesised();

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]);
const Policy = z.object({
  PolicyDocument: z.object({
    Statement: z.array(z.object({ Effect: z.literal("Allow"), Action: texts, Resource: z.unknown() })),
  }),
  Roles: z.tuple([z.object({ Ref: z.string() })]),
});

const grants = resourcesOf(template, "AWS::IAM::Policy").flatMap(({ properties }) => {
  const { PolicyDocument, Roles } = Policy.parse(properties);
  return PolicyDocument.Statement.flatMap(({ Action, Resource }) =>
    [Resource].flat().flatMap((resource) =>
      Action.map((action) => ({
        holder: holderOf(Roles[0].Ref),
        action,
        resource: JSON.stringify(resource),
      })),
    ),
  );
});

/** The function that has the role, or the workflow. */
function holderOf(roleId: string): string {
  return functionNames.find((name) => roleId.includes(`${name.replaceAll("-", "")}role`)) ?? "workflow";
}

const holdersOf = (action: string): string[] =>
  [...new Set(grants.filter((grant) => grant.action === action).map(({ holder }) => holder))].sort();

const everyFunction = [...functionNames].sort();

describe("permissions", () => {
  it.each([
    ["kms:GenerateDataKey", ["enter-password", "import-accounts", "member-page"]],
    ["kms:Decrypt", ["import-accounts", "mailbox-worker"]],
    ["secretsmanager:GetSecretValue", ["mailbox-worker", "read-directory", "send-notice"]],
    ["s3:GetObject", ["import-accounts", "mx-change", "operator-command", "read-directory", "tick"]],
    ["s3:ListBucket", ["import-accounts", "mx-change", "operator-command", "read-directory", "tick"]],
    ["s3:DeleteObjectVersion", ["import-accounts"]],
    ["s3:PutObject", ["import-accounts", "read-directory", "write-report"]],
    ["sqs:ReceiveMessage", ["mailbox-worker", "send-notice"]],
    ["sqs:ChangeMessageVisibility", ["mailbox-worker", "send-notice"]],
    ["events:PutEvents", ["operator-command", "tick"]],
    [
      "states:SendTaskSuccess",
      ["import-accounts", "mailbox-worker", "open-phase", "operator-command", "tick"],
    ],
    ["states:SendTaskFailure", []],
    ["lambda:InvokeFunction", ["import-accounts", "operator-command", "tick", "verify-domain", "workflow"]],
    ["dynamodb:GetItem", everyFunction],
    ["dynamodb:PutItem", everyFunction.filter((name) => name !== "write-report")],
    ["dynamodb:DeleteItem", everyFunction.filter((name) => name !== "write-report")],
    ["logs:PutLogEvents", everyFunction],
    ["dynamodb:BatchWriteItem", ["import-accounts"]],
    ["dynamodb:PartiQLInsert", ["import-accounts"]],
    ["dynamodb:Scan", []],
  ])("%s is held by %j only", (action, holders) => {
    expect(holdersOf(action)).toEqual(holders);
  });

  it("to put work on the copy queue are held by those whose environment names it", () => {
    const send = grants.filter(
      ({ action, resource }) => action === "sqs:SendMessage" && resource.includes("CopyQueue"),
    );
    expect(send.map(({ holder }) => holder).sort()).toEqual([
      "enter-password",
      "import-accounts",
      "mailbox-worker",
      "member-page",
      "mx-change",
      "open-phase",
      "operator-command",
      "tick",
    ]);
  });

  it("name a resource wherever AWS knows one", () => {
    const everywhere = grants.filter(({ resource }) => resource === '"*"').map(({ action }) => action);
    for (const action of everywhere) expect(action).toMatch(withoutResource);
    const byPrefix = grants.filter(({ resource }) => resource !== '"*"' && resource.includes("*"));
    expect(
      [
        ...new Set(byPrefix.map(({ action, resource }) => `${action} ${/[\w-]+\/\*/.exec(resource)?.[0]}`)),
      ].sort(),
    ).toEqual([
      "s3:DeleteObject uploads/*",
      "s3:DeleteObjectVersion uploads/*",
      "s3:GetObject directories/*",
      "s3:GetObject uploads/*",
      "s3:GetObjectVersion uploads/*",
      "s3:PutObject directories/*",
      "s3:PutObject imports/*",
      "s3:PutObject reports/*",
      "secretsmanager:GetSecretValue mailferry/*",
    ]);
  });

  it("never come as AWS's ready-made policies or as wildcard actions", () => {
    const roles = resourcesOf(template, "AWS::IAM::Role").map(({ properties }) => properties);
    expect(
      roles.every(
        ({ ManagedPolicyArns, Policies }) => ManagedPolicyArns === undefined && Policies === undefined,
      ),
    ).toBe(true);
    expect(grants.filter(({ action }) => action.includes("*"))).toEqual([]);
  });
});

/** Actions that the Service Authorization Reference lists without a resource type (logs:Describe* and delivery, X-Ray). */
const withoutResource =
  /^(xray:\w+|logs:(Create|Get|Update|Delete)LogDelivery|logs:ListLogDeliveries|logs:PutResourcePolicy|logs:Describe\w+)$/;
