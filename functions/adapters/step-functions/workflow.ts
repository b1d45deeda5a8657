import {
  InvalidToken,
  SendTaskSuccessCommand,
  type SFNClient,
  TaskDoesNotExist,
  TaskTimedOut,
} from "@aws-sdk/client-sfn";
import type { Workflow } from "../../../shared/ports/workflow.ts";

/** The state machine's waits. Only Step Functions' own words for "nobody waits on this token" mean `gone`; all else is thrown. */
export const stepFunctionsWorkflow = (client: SFNClient): Workflow => ({
  succeed: (taskToken) => tell(() => client.send(new SendTaskSuccessCommand({ taskToken, output: "{}" }))),
});

const tell = async (send: () => Promise<unknown>): Promise<"told" | "gone"> => {
  try {
    await send();
    return "told";
  } catch (thrown) {
    if (
      thrown instanceof TaskTimedOut ||
      thrown instanceof TaskDoesNotExist ||
      thrown instanceof InvalidToken
    ) {
      return "gone";
    }
    throw thrown;
  }
};
