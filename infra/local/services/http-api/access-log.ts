import type { HttpApiAnswer } from "./function-answer.ts";
import type { HttpApiRequest } from "./request.ts";
import { type RequestContext, requestTime } from "./request-event.ts";

/** What is known of a request when it has been answered. */
export interface AnsweredRequest extends RequestContext {
  readonly request: HttpApiRequest;
  readonly routeKey: string | undefined;
  readonly answer: HttpApiAnswer;
  readonly milliseconds: number;
}

/**
 * A line of the stage's access log in the template's own format, so that what it lets into a log (the path of a link, say)
 * is seen on this machine as well. A variable that is not known here is `-`, as an empty one is on AWS
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html).
 */
export const accessLogLine = (format: string, answered: AnsweredRequest): string => {
  const values = variables(answered);
  return `${format.replace(/\$context\.([\w.]*\w)/g, (_whole, name: string) => values[name] ?? "-")}\n`;
};

const variables = ({
  request,
  routeKey,
  answer,
  milliseconds,
  ...context
}: AnsweredRequest): Readonly<Record<string, string | undefined>> => ({
  apiId: context.apiId,
  domainName: request.headers.host,
  httpMethod: request.method,
  "identity.sourceIp": request.sourceIp,
  "identity.userAgent": request.headers["user-agent"],
  path: request.path,
  protocol: request.protocol,
  requestId: context.requestId,
  requestTime: requestTime(context.receivedAt),
  requestTimeEpoch: String(context.receivedAt),
  responseLatency: String(milliseconds),
  responseLength: String(answer.body.length),
  routeKey,
  stage: "$default",
  status: String(answer.status),
});
