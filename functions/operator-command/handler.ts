import { OperatorCommand } from "../../events/operator-command.ts";
import { operatorCommand } from "../../shared/phases/operator-command.ts";
import { dynamoImportStore } from "../adapters/dynamodb/import-store.ts";
import { dynamoImportTurns } from "../adapters/dynamodb/import-turns.ts";
import { dynamoMemberLinkStore } from "../adapters/dynamodb/member-link-store.ts";
import { eventBridgeBus } from "../adapters/eventbridge/event-bus.ts";
import { destroyOnlyVault } from "../adapters/kms/destroy-only-vault.ts";
import { lambdaDirectoryReader } from "../adapters/lambda/directory-reader.ts";
import { pinyinNames } from "../adapters/pinyin/chinese-names.ts";
import { s3ObjectStore } from "../adapters/s3/object-store.ts";
import { sqsNoticeQueue } from "../adapters/sqs/notice-queue.ts";
import { sqsWorkQueue } from "../adapters/sqs/work-queue.ts";
import { stepFunctionsWorkflow } from "../adapters/step-functions/workflow.ts";
import * as clients from "../runtime/clients.ts";
import { composeState } from "../runtime/composition.ts";
import { defineFunction } from "../runtime/define-function.ts";

/** An operator asks for something; the answer says what became of it. */
export const handler = await defineFunction("operator-command", OperatorCommand, (environment) => {
  const state = composeState(environment);
  const app = {
    ...state,
    turns: dynamoImportTurns(state.table),
    imports: dynamoImportStore(state.table),
    memberLinks: dynamoMemberLinkStore(state.table),
    vault: destroyOnlyVault(state.table),
    directoryReader: lambdaDirectoryReader(clients.lambda(), environment.DIRECTORY_READER),
    bus: eventBridgeBus(clients.eventBridge(), environment.EVENT_BUS_NAME),
    workflow: stepFunctionsWorkflow(clients.stepFunctions()),
    objects: s3ObjectStore(clients.s3(), environment.UPLOADS_BUCKET),
    chineseNames: pinyinNames,
    workQueue: sqsWorkQueue(clients.sqs(), environment.COPY_QUEUE_URL),
    noticeQueue: sqsNoticeQueue(clients.sqs(), environment.NOTICES_QUEUE_URL),
  };
  return async (command, invocation) => {
    const answer = await operatorCommand(app, command, () => invocation.remainingMilliseconds());
    const { migrationId } = command;
    invocation.log.info("operator", { migrationId, command: command.command, outcome: answer.outcome });
    return answer;
  };
});
