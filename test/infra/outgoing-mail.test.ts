import { describe, expect, it } from "vitest";
import { z } from "zod";
import { resourcesOf, type Synthesised, synthesised } from "./support/synthesised.ts";

const withoutIdentity = await synthesised();
const withIdentity = await synthesised({ mailFrom: "notices.example.test" });

const Policy = z.object({
  PolicyDocument: z.object({ Statement: z.array(z.object({ Action: z.unknown(), Resource: z.unknown() })) }),
});

/** What the stack may do at SES: actions, and on what. */
const permissionsAtSes = ({ template }: Synthesised) =>
  resourcesOf(template, "AWS::IAM::Policy")
    .flatMap(({ properties }) => Policy.parse(properties).PolicyDocument.Statement)
    .filter(({ Action }) => JSON.stringify(Action).includes("ses:"))
    .map(({ Action, Resource }) => ({ Action, Resource: z.array(z.unknown()).parse(Resource) }));

describe("outgoing mail", () => {
  it("may not be sent as long as the deployment names no identity", () => {
    expect(permissionsAtSes(withoutIdentity)).toEqual([]);
  });

  it("may be sent by one function under that identity and through the configuration set, and nothing else may be done", () => {
    const [permission, ...more] = permissionsAtSes(withIdentity);
    expect(more).toEqual([]);
    expect(permission?.Action).toBe("ses:SendEmail");
    expect(permission?.Resource.map((resource) => JSON.stringify(resource))).toEqual([
      expect.stringMatching(/:configuration-set\/.*ConfigurationSet/),
      expect.stringContaining(":identity/notices.example.test"),
    ]);
  });

  it("tells the default bus what came back, and nothing of mail that arrived", () => {
    const destinations = withoutIdentity.loaded.resources.flatMap((resource) =>
      resource.type === "AWS::SES::ConfigurationSetEventDestination"
        ? [resource.properties.EventDestination]
        : [],
    );
    expect(destinations).toEqual([
      expect.objectContaining({ Enabled: true, MatchingEventTypes: ["bounce", "complaint"] }),
    ]);
  });
});
