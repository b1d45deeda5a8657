import { z } from "zod";
import type { FunctionHost } from "../../lambda/host.ts";
import type { InvocationResult, LocalService, ServiceAnswer, ServiceRequest } from "../service.ts";
import type { EventQueue } from "./event-queue.ts";

/**
 * Lambda's `Invoke` (https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html): `RequestResponse`, `Event`, `DryRun`.
 * Functions come from the template, so everything else is refused.
 */
export const openLambda = (host: FunctionHost, events: EventQueue): LocalService => ({
  signingName: "lambda",
  answer: async (request) => {
    const name = functionNameIn(request);
    const deployed = name === undefined ? undefined : host.find(name);
    if (name === undefined || request.method !== "POST") {
      return refusal(
        400,
        "InvalidRequestContentException",
        `${request.method} ${request.url} is not served here`,
      );
    }
    if (deployed === undefined) {
      return refusal(404, "ResourceNotFoundException", `Function not found: ${name}`);
    }
    if (request.headers["x-amz-log-type"] === "Tail") {
      return refusal(
        400,
        "InvalidParameterValueException",
        "LogType Tail is not served here: read the log file",
      );
    }
    const payload = payloadOf(request);
    if (payload === undefined) {
      return refusal(400, "InvalidRequestContentException", "Could not parse request body into json");
    }
    switch (request.headers["x-amz-invocation-type"] ?? "RequestResponse") {
      case "RequestResponse":
        return invoked(await host.invoke(deployed.arn, payload.value));
      case "Event":
        events.accept(deployed.arn, payload.value);
        return { status: 202, headers: {}, body: "" };
      case "DryRun":
        return { status: 204, headers: {}, body: "" };
      default:
        return refusal(400, "InvalidParameterValueException", "InvocationType is none of the three");
    }
  },
  stop: async () => undefined,
});

const functionNameIn = ({ url }: ServiceRequest): string | undefined => {
  const { pathname } = new URL(url, "http://127.0.0.1");
  const [, name] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(pathname) ?? [];
  return name === undefined ? undefined : decodeURIComponent(name);
};

const payloadOf = ({ body }: ServiceRequest): { readonly value: unknown } | undefined => {
  if (body.length === 0) {
    return { value: {} };
  }
  try {
    return { value: z.json().parse(JSON.parse(body.toString("utf8"))) };
  } catch {
    return undefined;
  }
};

const invoked = (result: InvocationResult): ServiceAnswer => {
  const headers = { "content-type": "application/json", "x-amz-executed-version": "$LATEST" };
  return result.kind === "returned"
    ? { status: 200, headers, body: JSON.stringify(result.payload ?? null) }
    : {
        status: 200,
        headers: { ...headers, "x-amz-function-error": "Unhandled" },
        body: JSON.stringify({ errorType: result.errorType, errorMessage: result.errorMessage, trace: [] }),
      };
};

const refusal = (status: number, type: string, message: string): ServiceAnswer => ({
  status,
  headers: { "content-type": "application/json", "x-amzn-errortype": type },
  body: JSON.stringify({ Type: "User", Message: message }),
});
