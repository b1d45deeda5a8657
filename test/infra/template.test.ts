import { describe, expect, it } from "vitest";
import { supportOf } from "../../infra/local/template/support.ts";
import { StackOutputs, stackName } from "../../shared/contract/environment.ts";
import { resourcesOf, synthesised } from "./support/synthesised.ts";

const { template, loaded } = await synthesised();
const withoutAssetHashes = JSON.parse(
  JSON.stringify(template).replaceAll(/\b[0-9a-f]{64}\b/g, "<asset hash>"),
);

describe("the template", () => {
  it("is the one that was reviewed last", () => {
    expect(withoutAssetHashes).toMatchSnapshot();
  });

  it("tells a command line everything it needs and nothing else", () => {
    expect(StackOutputs.strict().safeParse(loaded.outputs).error).toBeUndefined();
    expect(stackName).toBe("Mailferry");
  });

  it("asks for no parameter, rule or type that one machine does not have", () => {
    expect(Object.keys(template.Parameters)).toEqual([]);
    expect(template.Rules).toBeUndefined();
    const refused = Object.values(template.Resources).filter(({ Type }) => supportOf(Type) === undefined);
    expect(refused).toEqual([]);
  });

  it("belongs to no account and no region", () => {
    expect(JSON.stringify(template)).not.toMatch(/arn:aws|\b\d{12}\b/);
  });

  it("is plain ASCII, because CloudFormation turns other characters into question marks", () => {
    expect(JSON.stringify(template).match(/[^ -~]+/g)).toBeNull();
  });

  it("keeps what a migration is resumed from when the stack is deleted", () => {
    const kept = Object.values(template.Resources).filter(
      ({ DeletionPolicy }) => DeletionPolicy === "Retain",
    );
    expect(kept.map(({ Type }) => Type).sort()).toEqual([
      "AWS::DynamoDB::Table",
      "AWS::KMS::Key",
      "AWS::S3::Bucket",
    ]);
    expect(resourcesOf(template, "AWS::DynamoDB::Table")[0]?.properties.DeletionProtectionEnabled).toBe(true);
  });
});
