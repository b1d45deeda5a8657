import { randomUUID } from "node:crypto";
import type { Metering } from "../../metering.ts";
import type {
  IntegrationProperties,
  RouteProperties,
  StageProperties,
} from "../../template/properties/http-api.ts";
import type { FunctionInvoker } from "../service.ts";
import { accessLogLine } from "./access-log.ts";
import { functionAnswer, gatewayAnswer, type HttpApiAnswer } from "./function-answer.ts";
import type { HttpApiRequest } from "./request.ts";
import { requestEvent } from "./request-event.ts";
import { chooseRoute, type Route, readRoute } from "./route.ts";
import { type Throttle, tokenBucket } from "./throttle.ts";

export interface HttpApiOptions {
  readonly invoker: FunctionInvoker;
  readonly metering: Metering;
  /** Takes a line of the access log. */
  readonly log: (line: string) => void;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** The HTTP API of the stack: routes, integrations and the stage as the template has them. */
export interface HttpApi {
  createIntegration(id: string, properties: IntegrationProperties): void;
  createRoute(properties: RouteProperties): void;
  createStage(properties: StageProperties): void;
  /** Answers one request; never rejects. */
  answer(request: HttpApiRequest): Promise<HttpApiAnswer>;
}

/** A request and its response are counted by this much begun (https://aws.amazon.com/api-gateway/pricing/). */
const meteredBytes = 512 * 1024;

export const openHttpApi = ({ invoker, metering, log, now = Date.now }: HttpApiOptions): HttpApi => {
  const integrations = new Map<string, IntegrationProperties>();
  const routes: Route[] = [];
  let stage: { readonly apiId: string; readonly throttle: Throttle; readonly format?: string } | undefined;

  const integrate = async (event: object, integrationId: string): Promise<HttpApiAnswer> => {
    const integration = integrations.get(integrationId);
    if (integration === undefined) return internalServerError;
    const { IntegrationUri, TimeoutInMillis } = integration;
    const result = await within(TimeoutInMillis, invoker.invoke(IntegrationUri, event));
    if (result === undefined) return gatewayAnswer(503, "Service Unavailable");
    return result.kind === "failed"
      ? internalServerError
      : (functionAnswer(result.payload) ?? internalServerError);
  };

  return {
    createIntegration: (id, properties) => void integrations.set(id, properties),
    createRoute: (properties) => void routes.push(readRoute(properties)),
    createStage: ({ ApiId, DefaultRouteSettings, AccessLogSettings }) => {
      const { ThrottlingRateLimit, ThrottlingBurstLimit } = DefaultRouteSettings ?? {};
      const limits = {
        ...(ThrottlingRateLimit === undefined ? {} : { ratePerSecond: ThrottlingRateLimit }),
        ...(ThrottlingBurstLimit === undefined ? {} : { burst: ThrottlingBurstLimit }),
      };
      stage = {
        apiId: ApiId,
        throttle: tokenBucket(limits, now),
        ...(AccessLogSettings === undefined ? {} : { format: AccessLogSettings.Format }),
      };
    },
    answer: async (request) => {
      const match = chooseRoute(routes, request.method, request.path);
      if (stage === undefined || match === undefined) return gatewayAnswer(404, "Not Found");
      const context = { apiId: stage.apiId, requestId: randomUUID(), receivedAt: now() };
      const answer = stage.throttle.admit()
        ? await integrate(requestEvent(request, match, context), match.route.integrationId)
        : gatewayAnswer(429, "Too Many Requests");
      metering.count("httpApiRequests", billed(request.body.length + answer.body.length));
      if (stage.format !== undefined) {
        const milliseconds = now() - context.receivedAt;
        log(
          accessLogLine(stage.format, {
            ...context,
            request,
            routeKey: match.route.key,
            answer,
            milliseconds,
          }),
        );
      }
      return { ...answer, headers: { ...answer.headers, "apigw-requestid": context.requestId } };
    },
  };
};

const internalServerError = gatewayAnswer(500, "Internal Server Error");

const billed = (bytes: number): number => Math.max(1, Math.ceil(bytes / meteredBytes));

/** The result, or undefined when it takes longer; what takes longer goes on, as a function on AWS does. */
const within = async <Result>(milliseconds: number, result: Promise<Result>): Promise<Result | undefined> => {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), milliseconds);
  try {
    return await Promise.race([result, late.promise]);
  } finally {
    clearTimeout(timer);
  }
};
