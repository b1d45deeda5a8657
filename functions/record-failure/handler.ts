import { RecordFailure } from "../../events/record-failure.ts";
import { recordFailure } from "../../shared/phases/record-failure.ts";
import { composeState } from "../runtime/composition.ts";
import { defineFunction } from "../runtime/define-function.ts";

/** The workflow ended in an error: it is kept for whoever looks at the migration. */
export const handler = await defineFunction("record-failure", RecordFailure, (environment) => {
  const app = composeState(environment);
  return async (event, invocation) => {
    const outcome = await recordFailure(app, event);
    invocation.log.error("workflow failed", {
      executionName: event.executionName,
      error: event.failure.Error,
      outcome,
    });
  };
});
