import { localAccountId } from "../../template/environment.ts";
import type { HttpApiRequest } from "./request.ts";
import type { RouteMatch } from "./route.ts";

/** What API Gateway itself knows of a request. */
export interface RequestContext {
  readonly apiId: string;
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly receivedAt: number;
}

/**
 * What a function is given of a request: payload format 2.0
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html). Beyond the
 * documentation: `rawPath` is percent-decoded, cookies stand in `cookies` only, and a body is text only for a few media types.
 */
export const requestEvent = (
  request: HttpApiRequest,
  { route, pathParameters }: RouteMatch,
  { apiId, requestId, receivedAt }: RequestContext,
) => {
  const { cookie, ...headers } = request.headers;
  const host = request.headers.host ?? "";
  const query = new URLSearchParams(request.query);
  return {
    version: "2.0",
    routeKey: route.key,
    rawPath: request.path,
    rawQueryString: request.query,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/;\s*/) }),
    headers: { ...headers, "x-forwarded-for": request.sourceIp, "x-forwarded-proto": "http" },
    ...(query.size === 0 ? {} : { queryStringParameters: joinedByName(query) }),
    requestContext: {
      accountId: localAccountId,
      apiId,
      domainName: host,
      domainPrefix: host.split(".")[0] ?? "",
      http: {
        method: request.method,
        path: request.path,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: request.headers["user-agent"] ?? "",
      },
      requestId,
      routeKey: route.key,
      stage: "$default",
      time: requestTime(receivedAt),
      timeEpoch: receivedAt,
    },
    ...(Object.keys(pathParameters).length === 0 ? {} : { pathParameters }),
    ...bodyOf(request),
  };
};

/** `22/Nov/2026:14:31:07 +0000` */
export const requestTime = (at: number): string => {
  const [, day, month, year, time] =
    /^\w+, (\d\d) (\w+) (\d+) (\S+) GMT$/.exec(new Date(at).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
};

const joinedByName = (query: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name).join(",")]));

/** A form (`application/x-www-form-urlencoded`) is none of them: forms arrive in base64. */
const textual = /^(text\/|application\/(json|xml|javascript)\b)/i;

const bodyOf = ({ body, headers }: HttpApiRequest) => {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = textual.test(headers["content-type"] ?? "");
  return { body: body.toString(isText ? "utf8" : "base64"), isBase64Encoded: !isText };
};
