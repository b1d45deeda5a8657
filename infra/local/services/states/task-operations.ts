import { z } from "zod";
import { type JsonOperations, operation, ServiceError } from "../json-protocol.ts";
import type { OperationServices } from "./operation-services.ts";
import { PAYLOAD_LIMIT } from "./transitions.ts";

/** How a waiting state is told of its task. An answer means that the word is in the journal. */
export const taskOperations = ({ waiters }: Pick<OperationServices, "waiters">): JsonOperations => ({
  SendTaskSuccess: operation(
    z.strictObject({ taskToken: z.string().min(1).max(2_048), output: z.string() }),
    ({ taskToken, output }) => waiters.settle(taskToken, { kind: "succeeded", output: outputOf(output) }),
  ),
  SendTaskFailure: operation(
    z.strictObject({
      taskToken: z.string().min(1).max(2_048),
      error: z.string().max(256).optional(),
      cause: z.string().max(32_768).default(""),
    }),
    // Without a name AWS lets only the wildcards match; this is one of them.
    ({ taskToken, error, cause }) =>
      waiters.settle(taskToken, { kind: "failed", error: error || "States.TaskFailed", cause }),
  ),
  SendTaskHeartbeat: operation(z.strictObject({ taskToken: z.string().min(1).max(2_048) }), ({ taskToken }) =>
    waiters.check(taskToken),
  ),
});

const outputOf = (text: string) => {
  if (Buffer.byteLength(text) > PAYLOAD_LIMIT) {
    throw new ServiceError("InvalidOutput", `Invalid Output: longer than ${PAYLOAD_LIMIT} bytes`);
  }
  try {
    return z.json().parse(JSON.parse(text));
  } catch {
    throw new ServiceError("InvalidOutput", "Invalid Output: 'Invalid JSON'");
  }
};
