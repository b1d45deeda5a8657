import { z } from "zod";
import { MxChangeDetectedEvent } from "../../events/mx-change-detected.ts";
import { Route53ChangeEvent } from "../../events/route53-change.ts";
import { hintsOf } from "../../shared/switch/mx-hints.ts";
import { startSwitch } from "../../shared/switch/start-switch.ts";
import { dnsNameService } from "../adapters/dns/name-service.ts";
import { pinyinNames } from "../adapters/pinyin/chinese-names.ts";
import { s3ObjectStore } from "../adapters/s3/object-store.ts";
import { sqsNoticeQueue } from "../adapters/sqs/notice-queue.ts";
import { sqsWorkQueue } from "../adapters/sqs/work-queue.ts";
import * as clients from "../runtime/clients.ts";
import { composeState } from "../runtime/composition.ts";
import { defineFunction } from "../runtime/define-function.ts";

/** Somebody says that an MX has changed: the name servers are asked, and if all agree the switch begins. */
export const handler = await defineFunction(
  "mx-change",
  z.union([MxChangeDetectedEvent, Route53ChangeEvent]),
  (environment) => {
    const app = {
      ...composeState(environment),
      names: dnsNameService(),
      objects: s3ObjectStore(clients.s3(), environment.UPLOADS_BUCKET),
      chineseNames: pinyinNames,
      workQueue: sqsWorkQueue(clients.sqs(), environment.COPY_QUEUE_URL),
      noticeQueue: sqsNoticeQueue(clients.sqs(), environment.NOTICES_QUEUE_URL),
    };
    return async (event, invocation) => {
      for (const hint of hintsOf(event)) {
        const answers = await startSwitch(app, hint, () => invocation.remainingMilliseconds());
        for (const { migrationId, verdict } of answers) {
          invocation.log.info("MX looked at", { migrationId, verdict });
        }
      }
    };
  },
);
