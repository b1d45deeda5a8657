import { OperatorCommand } from "../../events/operator-command.ts";
import { operatorCommand } from "../../shared/phases/operator-command.ts";
import { eventBridgeBus } from "../adapters/eventbridge/event-bus.ts";
import { sqsWorkQueue } from "../adapters/sqs/work-queue.ts";
import { stepFunctionsWorkflow } from "../adapters/step-functions/workflow.ts";
import * as clients from "../runtime/clients.ts";
import { composeState } from "../runtime/composition.ts";
import { defineFunction } from "../runtime/define-function.ts";

/** An operator asks for something; the answer says what became of it. */
export const handler = defineFunction("operator-command", OperatorCommand, (environment) => {
  const app = {
    ...composeState(environment),
    bus: eventBridgeBus(clients.eventBridge(), environment.EVENT_BUS_NAME),
    workflow: stepFunctionsWorkflow(clients.stepFunctions()),
    workQueue: sqsWorkQueue(clients.sqs(), environment.COPY_QUEUE_URL),
  };
  return async (command, invocation) => {
    const answer = await operatorCommand(app, command, () => invocation.remainingMilliseconds());
    const { migrationId } = command;
    invocation.log.info("operator", { migrationId, command: command.command, outcome: answer.outcome });
    return answer;
  };
});
