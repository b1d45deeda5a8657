import { setTimeout as pause } from "node:timers/promises";
import { MemberPageRequest } from "../../events/member-page-request.ts";
import { linkTokens } from "../adapters/crypto/link-tokens.ts";
import { dynamoMemberLinkStore } from "../adapters/dynamodb/member-link-store.ts";
import { hurriedServers } from "../adapters/imap/hurried-servers.ts";
import { imapMailServers } from "../adapters/imap/mail-servers.ts";
import { kmsCredentialVault } from "../adapters/kms/credential-vault.ts";
import { kmsKeyService } from "../adapters/kms/key-service.ts";
import { sqsWorkQueue } from "../adapters/sqs/work-queue.ts";
import * as clients from "../runtime/clients.ts";
import { composeState } from "../runtime/composition.ts";
import { defineFunction } from "../runtime/define-function.ts";
import { serveMemberPage } from "./serve.ts";

/** An HTTP API waits 30 seconds for its function; two logins and a logout of this length fit in. */
const loginMilliseconds = 8_000;

/** The page behind a member's link: shows itself, and takes the password of the old mailbox. */
export const handler = await defineFunction("member-page", MemberPageRequest, (environment) => {
  const state = composeState(environment);
  const app = {
    ...state,
    linkTokens,
    memberLinks: dynamoMemberLinkStore(state.table),
    vault: kmsCredentialVault(kmsKeyService(clients.kms(), environment.CREDENTIALS_KEY_ARN), state.table),
    workQueue: sqsWorkQueue(clients.sqs(), environment.COPY_QUEUE_URL),
    mailServers: hurriedServers(imapMailServers(), loginMilliseconds, (milliseconds, signal) =>
      pause(milliseconds, undefined, { signal }),
    ),
  };
  return (request, { log }) => serveMemberPage(app, request, log);
});
