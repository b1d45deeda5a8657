import { join } from "node:path";
import { onTestFinished } from "vitest";
import { bootLocalCloud, type LocalCloud } from "../../infra/local/cloud.ts";
import { assetCode, type FixtureStack, writeAssembly } from "./stack-assembly.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

interface HttpApiOptions {
  /** The stage's throttle. @default none of its own */
  readonly burst?: number;
  readonly rate?: number;
  readonly apis?: 1 | 2;
}

interface HttpApiFixture {
  readonly assembly: string;
  readonly dataDir: string;
}

/** A stack with an HTTP API in front of a function that says what it was given, answers what it is told to, or hangs. */
export const httpApiFixture = async (options: HttpApiOptions = {}): Promise<HttpApiFixture> => {
  const directory = await temporaryDirectory();
  return { assembly: await writeAssembly(directory, stackOf(options)), dataDir: join(directory, "data") };
};

/** Boots such a stack in this process for the running test. */
export const bootHttpApi = async (
  options: HttpApiOptions = {},
  fixture?: HttpApiFixture,
): Promise<LocalCloud> => {
  const cloud = await bootLocalCloud(fixture ?? (await httpApiFixture(options)));
  onTestFinished(() => cloud.stop());
  return cloud;
};

const code = {
  page: `
    export const handler = async (event) => {
      if (event.rawPath === "/hang") return new Promise((resolve) => setTimeout(resolve, 60_000));
      if (event.rawPath !== "/answer") return event;
      const answer = JSON.parse(event.body);
      if (answer?.throw) throw new Error(answer.throw);
      return answer;
    };`,
};

const stackOf = ({ burst, rate, apis = 1 }: HttpApiOptions): FixtureStack => ({
  code,
  resources: {
    Page: {
      Type: "AWS::Lambda::Function",
      Properties: { Runtime: "nodejs24.x", Handler: "index.handler", Code: assetCode("page"), Timeout: 30 },
    },
    Api: api,
    ...(apis === 2 ? { OtherApi: api } : {}),
    Integration: integration(30_000),
    Hurried: integration(50),
    Stage: {
      Type: "AWS::ApiGatewayV2::Stage",
      Properties: {
        ApiId: { Ref: "Api" },
        StageName: "$default",
        AutoDeploy: true,
        AccessLogSettings: {
          DestinationArn: "arn:aws:logs:eu-central-1:000000000000:log-group:any",
          Format:
            '{"route":"$context.routeKey","status":"$context.status","ip":"$context.identity.sourceIp","unknown":"$context.authorizer.error"}',
        },
        ...(burst === undefined || rate === undefined
          ? {}
          : { DefaultRouteSettings: { ThrottlingBurstLimit: burst, ThrottlingRateLimit: rate } }),
      },
    },
    Show: route("GET /m/{token}", "Integration"),
    Take: route("POST /m/{token}", "Integration"),
    Help: route("GET /m/help", "Integration"),
    Static: route("GET /static/{file+}", "Integration"),
    Answer: route("ANY /answer", "Integration"),
    Hang: route("GET /hang", "Hurried"),
  },
  outputs: { ApiEndpoint: { Value: { "Fn::GetAtt": ["Api", "ApiEndpoint"] } } },
});

const api = { Type: "AWS::ApiGatewayV2::Api", Properties: { Name: "pages", ProtocolType: "HTTP" } };

const integration = (TimeoutInMillis: number) => ({
  Type: "AWS::ApiGatewayV2::Integration",
  Properties: {
    ApiId: { Ref: "Api" },
    IntegrationType: "AWS_PROXY",
    IntegrationUri: { "Fn::GetAtt": ["Page", "Arn"] },
    PayloadFormatVersion: "2.0",
    TimeoutInMillis,
  },
});

const route = (RouteKey: string, integrationId: string) => ({
  Type: "AWS::ApiGatewayV2::Route",
  Properties: {
    ApiId: { Ref: "Api" },
    RouteKey,
    Target: { "Fn::Join": ["/", ["integrations", { Ref: integrationId }]] },
    AuthorizationType: "NONE",
  },
});
