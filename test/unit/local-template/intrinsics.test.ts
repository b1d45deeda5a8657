import { describe, expect, it } from "vitest";
import type { Json } from "../../../infra/local/template/document.ts";
import { resolve } from "../../../infra/local/template/intrinsics.ts";
import type { Scope } from "../../../infra/local/template/scope.ts";

const scopeWith = (problems: string[] = []): Scope => ({
  reference: (name) => ({ Queue: "http://queue", "AWS::Region": "eu-central-1" })[name],
  attribute: (id, attribute) => (id === "Queue" && attribute === "Arn" ? "arn:queue" : undefined),
  condition: (name) => ({ Yes: true, No: false })[name],
  mapping: (map, first, second) =>
    map === "Sizes" && first === "eu" && second === "small" ? "256" : undefined,
  report: (path, reason) => problems.push(`${path}: ${reason}`),
});

describe("resolving intrinsic functions", () => {
  const cases: [name: string, value: Json, resolved: Json | undefined][] = [
    ["Ref of a resource", { Ref: "Queue" }, "http://queue"],
    ["Ref of a pseudo parameter", { Ref: "AWS::Region" }, "eu-central-1"],
    ["Fn::GetAtt as a list", { "Fn::GetAtt": ["Queue", "Arn"] }, "arn:queue"],
    ["Fn::GetAtt as a text", { "Fn::GetAtt": "Queue.Arn" }, "arn:queue"],
    [
      "Fn::Join of resolved parts",
      { "Fn::Join": ["-", ["a", { Ref: "AWS::Region" }, 3]] },
      "a-eu-central-1-3",
    ],
    [
      "Fn::Sub of names and attributes",
      { "Fn::Sub": `\${AWS::Region}/\${Queue.Arn}` },
      "eu-central-1/arn:queue",
    ],
    [
      "Fn::Sub of its own variables",
      { "Fn::Sub": [`\${x}\${Queue}`, { x: { Ref: "AWS::Region" } }] },
      "eu-central-1http://queue",
    ],
    ["Fn::Sub of a literal", { "Fn::Sub": `\${!Queue}` }, `\${Queue}`],
    ["Fn::Select of Fn::Split", { "Fn::Select": [1, { "Fn::Split": [":", "a:b:c"] }] }, "b"],
    ["Fn::Select with the index as a text", { "Fn::Select": ["0", ["a", "b"]] }, "a"],
    ["Fn::If that holds", { "Fn::If": ["Yes", "a", "b"] }, "a"],
    ["Fn::If that does not hold", { "Fn::If": ["No", "a", "b"] }, "b"],
    ["Fn::FindInMap", { "Fn::FindInMap": ["Sizes", "eu", "small"] }, "256"],
    ["an object with a key like any other", { Reference: "Queue" }, { Reference: "Queue" }],
    ["AWS::NoValue in an object", { a: { Ref: "AWS::NoValue" }, b: 1 }, { b: 1 }],
    ["AWS::NoValue in a list", [{ "Fn::If": ["No", "a", { Ref: "AWS::NoValue" }] }, "b"], ["b"]],
  ];

  it.each(cases)("gives the value of %s", (_name, value, resolved) => {
    const problems: string[] = [];
    expect(resolve(value, "", scopeWith(problems))).toStrictEqual(resolved);
    expect(problems).toStrictEqual([]);
  });

  const refusals: [name: string, value: Json, problem: string][] = [
    ["an unknown function", { "Fn::Cidr": [] }, "p: the intrinsic function Fn::Cidr is not supported"],
    ["a name nobody has", { a: [{ Ref: "Nobody" }] }, "p.a.0.Ref: Nobody is not known here"],
    [
      "an attribute nobody has",
      { "Fn::GetAtt": ["Queue", "Colour"] },
      "p.Fn::GetAtt: the attribute Colour of Queue is not known here",
    ],
    ["a variable nobody has", { "Fn::Sub": `\${Nobody}` }, "p.Fn::Sub: Nobody is not known here"],
    [
      "an index past the end",
      { "Fn::Select": [2, ["a"]] },
      "p.Fn::Select: expected an index into a list that is long enough",
    ],
    [
      "an unknown condition",
      { "Fn::If": ["Perhaps", "a", "b"] },
      "p.Fn::If: expected a condition of this template, not Perhaps,",
    ],
  ];

  it.each(refusals)("reports %s with its place", (_name, value, problem) => {
    const problems: string[] = [];
    resolve(value, "p", scopeWith(problems));
    expect(problems).toStrictEqual([problem]);
  });
});
