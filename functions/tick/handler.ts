import { TickEvent } from "../../events/tick.ts";
import { tick } from "../../shared/tick/tick.ts";
import { dnsNameService } from "../adapters/dns/name-service.ts";
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

/** The schedule's minute has come: everything that is due is looked after. */
export const handler = await defineFunction("tick", TickEvent, (environment) => {
  const state = composeState(environment);
  const app = {
    ...state,
    memberLinks: dynamoMemberLinkStore(state.table),
    directoryReader: lambdaDirectoryReader(clients.lambda(), environment.DIRECTORY_READER),
    names: dnsNameService(),
    bus: eventBridgeBus(clients.eventBridge(), environment.EVENT_BUS_NAME),
    workflow: stepFunctionsWorkflow(clients.stepFunctions()),
    objects: s3ObjectStore(clients.s3(), environment.UPLOADS_BUCKET),
    chineseNames: pinyinNames,
    workQueue: sqsWorkQueue(clients.sqs(), environment.COPY_QUEUE_URL),
    noticeQueue: sqsNoticeQueue(clients.sqs(), environment.NOTICES_QUEUE_URL),
    vault: destroyOnlyVault(state.table),
  };
  return (_event, invocation) => tick(app, () => invocation.remainingMilliseconds());
});
