import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { supportedIntrinsics } from "../../../infra/local/template/intrinsics.ts";
import { resourceShape } from "../../../infra/local/template/resource.ts";
import { resourceTypes, type TypeSupport } from "../../../infra/local/template/support.ts";

const document = await readFile(new URL("../../../infra/local/SUPPORT.md", import.meta.url), "utf8");

/** The rows of the document that speak of a resource type: type and second column. */
const documented = new Map(
  [...document.matchAll(/^\| (AWS::\S+) +\| (.*?) +\|$/gm)].map(([, type = "", says = ""]) => [type, says]),
);

const says = (support: TypeSupport): string => {
  if (support.kind === "inert") return support.reason.replace("<", "&lt;").replace(">", "&gt;");
  const properties = Object.keys(support.inertProperties).toSorted();
  return properties.length === 0 ? "none" : properties.map((name) => `\`${name}\``).join(", ");
};

describe("SUPPORT.md", () => {
  it("lists the resource types that are accepted and no others", () => {
    expect([...documented.keys()].toSorted()).toEqual(Object.keys(resourceTypes).toSorted());
  });

  it.each(Object.entries<TypeSupport>(resourceTypes))(
    "says of %s what the loader does with it",
    (type, support) => {
      expect(documented.get(type)).toBe(says(support));
    },
  );

  it.each(supportedIntrinsics)("names the intrinsic function %s", (name) => {
    expect(document).toContain(`\`${name}\``);
  });
});

it("every type that is said to be provisioned has a shape to be read by, and every shape is said to be provisioned", () => {
  const provisioned = Object.entries<TypeSupport>(resourceTypes)
    .filter(([, { kind }]) => kind === "provisioned")
    .map(([type]) => type);
  const shapes = resourceShape.options.map(({ shape }) => shape.type.value);
  expect([...shapes].toSorted()).toEqual(provisioned.toSorted());
});
