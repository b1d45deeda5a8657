import { linkTokens } from "../adapters/crypto/link-tokens.ts";
import { dynamoCardStore } from "../adapters/dynamodb/card-store.ts";
import { dynamoMemberLinkStore } from "../adapters/dynamodb/member-link-store.ts";
import { lookOnlyVault } from "../adapters/kms/look-only-vault.ts";
import { secretsManagerStore } from "../adapters/secrets-manager/secret-store.ts";
import { sesMailSender } from "../adapters/ses/mail-sender.ts";
import { sqsNoticeQueue } from "../adapters/sqs/notice-queue.ts";
import { WecomClient } from "../adapters/wecom/client.ts";
import { realPause } from "../adapters/wecom/means.ts";
import { wecomMemberCards } from "../adapters/wecom/member-cards.ts";
import * as clients from "../runtime/clients.ts";
import { composeState } from "../runtime/composition.ts";
import { defineFunction } from "../runtime/define-function.ts";
import { NoticeQueueEvent } from "./queue-event.ts";
import { workOff } from "./work-off.ts";

/** Writes to members, one message of the notices queue each. */
export const handler = await defineFunction("send-notice", NoticeQueueEvent, (environment) => {
  const state = composeState(environment);
  const { clock, table } = state;
  const secrets = secretsManagerStore(clients.secretsManager(), clock);
  const client = new WecomClient({ clock, pause: realPause });
  const app = {
    ...state,
    linkTokens,
    memberLinks: dynamoMemberLinkStore(table),
    vault: lookOnlyVault(table),
    mailSender: sesMailSender(clients.ses(), environment.CONFIGURATION_SET),
    memberCards: wecomMemberCards({ client, secrets, cards: dynamoCardStore(table), clock }),
    noticeQueue: sqsNoticeQueue(clients.sqs(), environment.NOTICES_QUEUE_URL),
  };
  return async ({ Records }, { log }) => {
    const unfinished = await workOff(app, Records, environment.MEMBER_PAGE_URL, log);
    return { batchItemFailures: unfinished.map((itemIdentifier) => ({ itemIdentifier })) };
  };
});
