import { OpenPhase } from "../../events/open-phase.ts";
import { openPhase } from "../../shared/phases/open-phase.ts";
import { destroyOnlyVault } from "../adapters/kms/destroy-only-vault.ts";
import { sqsNoticeQueue } from "../adapters/sqs/notice-queue.ts";
import { sqsWorkQueue } from "../adapters/sqs/work-queue.ts";
import { stepFunctionsWorkflow } from "../adapters/step-functions/workflow.ts";
import * as clients from "../runtime/clients.ts";
import { composeState } from "../runtime/composition.ts";
import { defineFunction } from "../runtime/define-function.ts";
import { rehearseQueue } from "../runtime/rehearsals.ts";

/** The workflow has come to a phase and waits: the phase is opened and keeps the token that ends the wait. */
export const handler = await defineFunction(
  "open-phase",
  OpenPhase,
  (environment) => {
    const state = composeState(environment);
    const app = {
      ...state,
      workflow: stepFunctionsWorkflow(clients.stepFunctions()),
      workQueue: sqsWorkQueue(clients.sqs(), environment.COPY_QUEUE_URL),
      noticeQueue: sqsNoticeQueue(clients.sqs(), environment.NOTICES_QUEUE_URL),
      vault: destroyOnlyVault(state.table),
    };
    return (event, invocation) => openPhase(app, event, () => invocation.remainingMilliseconds());
  },
  ({ COPY_QUEUE_URL }) => rehearseQueue(COPY_QUEUE_URL),
);
