import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MxChangeDetectedEvent } from "../../../events/mx-change-detected.ts";
import { Route53ChangeEvent } from "../../../events/route53-change.ts";
import { hintsOf } from "../../../shared/switch/mx-hints.ts";

const example = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../../../events/examples", `${name}.json`), "utf8"));

const route53 = (
  changes: readonly (readonly [name: string, type: string])[],
  errorCode?: string,
): Route53ChangeEvent => {
  const event = Route53ChangeEvent.parse(example("route53-change"));
  event.detail.requestParameters.changeBatch.changes = changes.map(([name, type]) => ({
    action: "UPSERT",
    resourceRecordSet: { name, type },
  }));
  return errorCode === undefined ? event : { ...event, detail: { ...event.detail, errorCode } };
};

describe("what an event hints at", () => {
  it("is the domain and migration of our own event", () => {
    expect(hintsOf(MxChangeDetectedEvent.parse(example("mx-change-detected")))).toMatchObject([
      { domain: "yunfan.example", migrationId: "yunfan.example-k3v9" },
    ]);
  });

  it("is every domain whose MX was touched in Route 53, once and without its dot", () => {
    const event = route53([
      ["Yunfan.example.", "MX"],
      ["yunfan.example.", "MX"],
      ["another.example.", "MX"],
      ["third.example.", "TXT"],
    ]);
    expect(hintsOf(event)).toEqual([{ domain: "yunfan.example" }, { domain: "another.example" }]);
    expect(hintsOf(Route53ChangeEvent.parse(example("route53-change")))).toEqual([
      { domain: "yunfan.example" },
    ]);
  });

  it("is nothing when the call failed", () => {
    expect(hintsOf(route53([["yunfan.example.", "MX"]], "AccessDenied"))).toEqual([]);
  });
});
