import { ObjectCreatedEvent } from "../../events/object-created.ts";
import { importAccounts } from "../../shared/accounts/import-accounts.ts";
import { startAccounts } from "../../shared/accounts/start-accounts.ts";
import { uploadOf } from "../../shared/accounts/upload-of.ts";
import { fanOut } from "../../shared/passes/fan-out.ts";
import { importPasswords } from "../../shared/passwords/import-passwords.ts";
import { endAccountsPhase } from "../../shared/phases/finish-accounts.ts";
import { dynamoImportStore } from "../adapters/dynamodb/import-store.ts";
import { dynamoImportTurns } from "../adapters/dynamodb/import-turns.ts";
import { dynamoPasswordRunStore } from "../adapters/dynamodb/password-run-store.ts";
import { workbookReader } from "../adapters/excel/read-workbook.ts";
import { workbookWriter } from "../adapters/excel/write-workbook.ts";
import { kmsCredentialVault } from "../adapters/kms/credential-vault.ts";
import { kmsKeyService } from "../adapters/kms/key-service.ts";
import { lambdaDirectoryReader } from "../adapters/lambda/directory-reader.ts";
import { s3ObjectStore } from "../adapters/s3/object-store.ts";
import { sqsNoticeQueue } from "../adapters/sqs/notice-queue.ts";
import { sqsWorkQueue } from "../adapters/sqs/work-queue.ts";
import { stepFunctionsWorkflow } from "../adapters/step-functions/workflow.ts";
import * as clients from "../runtime/clients.ts";
import { composeState } from "../runtime/composition.ts";
import { defineFunction } from "../runtime/define-function.ts";
import { rehearseBatches, rehearseObjects } from "../runtime/rehearsals.ts";
import { standBy } from "./stand-by.ts";

/**
 * A workbook has landed in the uploads bucket: its accounts are imported, or its passwords, and started if the migration already
 * copies.
 */
export const handler = await defineFunction(
  "import-accounts",
  ObjectCreatedEvent,
  (environment) => {
    const state = composeState(environment);
    const app = {
      ...state,
      objects: s3ObjectStore(clients.s3(), environment.UPLOADS_BUCKET),
      directoryReader: lambdaDirectoryReader(clients.lambda(), environment.DIRECTORY_READER),
      workbooks: workbookReader,
      workbookWriter,
      imports: dynamoImportStore(state.table),
      turns: dynamoImportTurns(state.table),
      passwordRuns: dynamoPasswordRunStore(state.table),
      vault: kmsCredentialVault(kmsKeyService(clients.kms(), environment.CREDENTIALS_KEY_ARN), state.table),
      workQueue: sqsWorkQueue(clients.sqs(), environment.COPY_QUEUE_URL),
      workflow: stepFunctionsWorkflow(clients.stepFunctions()),
      noticeQueue: sqsNoticeQueue(clients.sqs(), environment.NOTICES_QUEUE_URL),
    };
    return async (event, invocation) => {
      const { kind, migrationId, upload } = uploadOf(event);
      const remaining = () => invocation.remainingMilliseconds();
      const { outcome } =
        kind === "passwords"
          ? await importPasswords(app, migrationId, upload, standBy(remaining))
          : await importAccounts(app, migrationId, upload, {
              patience: standBy(remaining),
              startAccounts: async (migration, mended) => {
                await fanOut(app, migration, remaining);
                await startAccounts(app, migration, mended);
              },
              finishAccounts: async (migration) => {
                await endAccountsPhase(app, migration);
              },
            });
      invocation.log.info("import ended", { migrationId, kind, outcome });
      return { outcome };
    };
  },
  () => Promise.all([rehearseBatches(), rehearseObjects()]),
);
