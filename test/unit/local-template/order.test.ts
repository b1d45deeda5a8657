import { describe, expect, it } from "vitest";
import type { Json, TemplateDocument } from "../../../infra/local/template/document.ts";
import { provisioningOrder } from "../../../infra/local/template/order.ts";

const resources = (
  all: Record<string, { readonly needs?: Json; readonly after?: string[] }>,
): TemplateDocument["Resources"] =>
  Object.fromEntries(
    Object.entries(all).map(([id, { needs, after }]) => [
      id,
      { Type: "Any", Properties: needs === undefined ? {} : { needs }, DependsOn: after ?? [] },
    ]),
  );

describe("the order of provisioning", () => {
  it("puts what is referred to first, whichever function refers to it", () => {
    const { order, cyclic } = provisioningOrder(
      resources({
        A: { needs: { Ref: "B" } },
        B: { needs: { "Fn::GetAtt": ["C", "Arn"] } },
        C: { needs: { "Fn::Join": ["", ["x", { "Fn::Sub": `\${D.Arn}` }]] } },
        D: { after: ["E"] },
        E: {},
      }),
    );
    expect(order).toStrictEqual(["E", "D", "C", "B", "A"]);
    expect(cyclic).toStrictEqual([]);
  });

  it("keeps the order of the template where nothing else decides", () => {
    expect(provisioningOrder(resources({ C: {}, A: {}, B: {} })).order).toStrictEqual(["C", "A", "B"]);
  });

  it("names the resources that need each other in a circle, and orders the others", () => {
    const { order, cyclic } = provisioningOrder(
      resources({ A: { needs: { Ref: "B" } }, B: { after: ["A"] }, C: {} }),
    );
    expect(order).toStrictEqual(["C"]);
    expect(cyclic).toStrictEqual(["A", "B"]);
  });

  it("takes a name of no resource for a parameter", () => {
    expect(provisioningOrder(resources({ A: { needs: { Ref: "AWS::Region" } } })).order).toStrictEqual(["A"]);
  });
});
