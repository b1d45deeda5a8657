import { describe, expect, it } from "vitest";
import { z } from "zod";
import { resourcesOf, synthesised } from "./support/synthesised.ts";

const { template, loaded } = await synthesised();

const propertiesOf = (type: string) => resourcesOf(template, type).map(({ properties }) => properties);

const Stage = z.object({
  AccessLogSettings: z.object({ Format: z.string() }),
  DefaultRouteSettings: z.object({ ThrottlingBurstLimit: z.number(), ThrottlingRateLimit: z.number() }),
});

describe("the members' page", () => {
  it("is reached by what the stack tells, with a slash and a token behind it", () => {
    expect(loaded.outputs.MemberPageUrl).toBe("http://127.0.0.1:4567/m");
    expect(propertiesOf("AWS::ApiGatewayV2::Route").map(({ RouteKey }) => RouteKey)).toEqual([
      "GET /m/{token}",
      "POST /m/{token}",
    ]);
  });

  it("gives no other site's scripts access", () => {
    for (const api of propertiesOf("AWS::ApiGatewayV2::Api"))
      expect(api).not.toHaveProperty("CorsConfiguration");
  });

  it("lets nobody guess faster than people type", () => {
    const stages = propertiesOf("AWS::ApiGatewayV2::Stage").map(
      (stage) => Stage.parse(stage).DefaultRouteSettings,
    );
    expect(stages).toEqual([{ ThrottlingRateLimit: 20, ThrottlingBurstLimit: 50 }]);
  });

  it("is logged without what would let a reader of the log in: path, query and referrer", () => {
    const formats = propertiesOf("AWS::ApiGatewayV2::Stage").map(
      (stage) => Stage.parse(stage).AccessLogSettings.Format,
    );
    expect(formats).toHaveLength(1);
    const variables = formats.flatMap((format) => format.match(/\$context[\w.]*/g));
    expect(variables).toContain("$context.requestId");
    expect(variables).not.toContain("$context.path");
    expect(formats.join()).not.toMatch(/\$context\.(path|rawPath|referer|queryString|authorizer)|\$request/);
  });

  it("has less time than API Gateway gives it, so that it can say itself what went wrong", () => {
    const page = loaded.resources.find(({ identity }) => identity.name === "mailferry-member-page");
    expect(page).toMatchObject({ properties: { Timeout: 29 } });
  });
});
