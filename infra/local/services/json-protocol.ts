import type { z } from "zod";
import type { ServiceAnswer, ServiceRequest } from "./service.ts";

/**
 * An error in the vocabulary of an AWS service: `__type` is what the SDK makes the exception's `name`.
 * Anything else that a handler throws is a fault of this service and answered as `InternalFailure` (500).
 */
export class ServiceError extends Error {
  override readonly name: string;
  readonly status: 400 | 500;

  constructor(type: string, message: string, status: 400 | 500 = 400) {
    super(message);
    this.name = type;
    this.status = status;
  }
}

/** One operation: takes the parsed but unchecked body, gives what is serialised as the answer. */
export type JsonOperation = (body: unknown) => Promise<unknown>;

/** The operations of a service by their names, as they stand behind the dot of `x-amz-target`. */
export type JsonOperations = Readonly<Record<string, JsonOperation>>;

/**
 * Joins an operation to the parameters it takes. Give a `z.strictObject`: a parameter nobody reads here would otherwise
 * be dropped in silence, and the caller would believe it was honoured.
 */
export const operation =
  <Parameters>(
    parameters: z.ZodType<Parameters>,
    perform: (parameters: Parameters) => unknown,
  ): JsonOperation =>
  async (body) => {
    const parsed = parameters.safeParse(body);
    if (!parsed.success) {
      throw new ServiceError("ValidationException", problemsOf(parsed.error));
    }
    return perform(parsed.data);
  };

/**
 * Answers one request of the AWS JSON protocol 1.0 or 1.1 (https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html).
 * Never rejects: what goes wrong is an answer.
 */
export const answerJson = async (
  request: ServiceRequest,
  operations: JsonOperations,
): Promise<ServiceAnswer> => {
  const contentType = request.headers["content-type"] ?? "application/x-amz-json-1.0";
  try {
    const answer = await find(request, operations)(bodyOf(request));
    return { status: 200, headers: { "content-type": contentType }, body: JSON.stringify(answer ?? {}) };
  } catch (thrown) {
    const error = thrown instanceof ServiceError ? thrown : internal(thrown);
    return {
      status: error.status,
      headers: { "content-type": contentType, "x-amzn-errortype": error.name },
      body: JSON.stringify({ __type: error.name, message: error.message }),
    };
  }
};

/** The words a caller gets for parameters that cannot be used: every problem with its place. */
export const problemsOf = (error: z.ZodError): string =>
  error.issues
    .map((issue) => `${issue.path.map(String).join(".") || "request"}: ${issue.message}`)
    .join("; ");

const find = (request: ServiceRequest, operations: JsonOperations): JsonOperation => {
  const target = request.headers["x-amz-target"] ?? "";
  const name = target.slice(target.lastIndexOf(".") + 1);
  const found = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (found === undefined) {
    throw new ServiceError("UnknownOperationException", `${target || "no x-amz-target"} is not served here`);
  }
  return found;
};

const bodyOf = ({ body }: ServiceRequest): unknown => {
  if (body.length === 0) return {};
  try {
    const parsed: unknown = JSON.parse(body.toString("utf8"));
    return parsed;
  } catch (cause) {
    throw new ServiceError("SerializationException", `the body is not JSON: ${String(cause)}`);
  }
};

const internal = (thrown: unknown): ServiceError =>
  new ServiceError(
    "InternalFailure",
    thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown),
    500,
  );
