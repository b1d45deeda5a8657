import { EnterPassword, type EnterPasswordAnswer } from "../../events/enter-password.ts";
import { acceptPassword } from "../../shared/credentials/accept-password.ts";
import { imapMailServers } from "../adapters/imap/mail-servers.ts";
import { kmsCredentialVault } from "../adapters/kms/credential-vault.ts";
import { kmsKeyService } from "../adapters/kms/key-service.ts";
import { sqsWorkQueue } from "../adapters/sqs/work-queue.ts";
import * as clients from "../runtime/clients.ts";
import { composeState } from "../runtime/composition.ts";
import { defineFunction } from "../runtime/define-function.ts";

/** An operator types in a mailbox' password; the answer says whether the source took it. */
export const handler = await defineFunction("enter-password", EnterPassword, (environment) => {
  const state = composeState(environment);
  const app = {
    ...state,
    vault: kmsCredentialVault(kmsKeyService(clients.kms(), environment.CREDENTIALS_KEY_ARN), state.table),
    mailServers: imapMailServers(),
    workQueue: sqsWorkQueue(clients.sqs(), environment.COPY_QUEUE_URL),
  };
  return async ({ migrationId, address, password }, invocation): Promise<EnterPasswordAnswer> => {
    const answer = await acceptPassword(app, { migrationId, address, password, by: "operator" });
    invocation.log.info("a password was typed in", { migrationId, address, outcome: answer.outcome });
    return answer;
  };
});
