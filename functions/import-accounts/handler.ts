import { ObjectCreatedEvent } from "../../events/object-created.ts";
import { importAccounts } from "../../shared/accounts/import-accounts.ts";
import { uploadOf } from "../../shared/accounts/upload-of.ts";
import { fanOut } from "../../shared/passes/fan-out.ts";
import { dynamoImportStore } from "../adapters/dynamodb/import-store.ts";
import { workbookReader } from "../adapters/excel/read-workbook.ts";
import { kmsCredentialVault } from "../adapters/kms/credential-vault.ts";
import { kmsKeyService } from "../adapters/kms/key-service.ts";
import { s3ObjectStore } from "../adapters/s3/object-store.ts";
import { sqsWorkQueue } from "../adapters/sqs/work-queue.ts";
import * as clients from "../runtime/clients.ts";
import { composeState } from "../runtime/composition.ts";
import { defineFunction } from "../runtime/define-function.ts";

/** A workbook has landed in the uploads bucket: its accounts are imported and started if the migration already copies. */
export const handler = defineFunction("import-accounts", ObjectCreatedEvent, (environment) => {
  const state = composeState(environment);
  const app = {
    ...state,
    objects: s3ObjectStore(clients.s3(), environment.UPLOADS_BUCKET),
    workbooks: workbookReader,
    imports: dynamoImportStore(state.table),
    vault: kmsCredentialVault(kmsKeyService(clients.kms(), environment.CREDENTIALS_KEY_ARN), state.table),
    workQueue: sqsWorkQueue(clients.sqs(), environment.COPY_QUEUE_URL),
  };
  return async (event, invocation) => {
    const { migrationId, upload } = uploadOf(event);
    const { outcome } = await importAccounts(app, migrationId, upload, async (migration) => {
      await fanOut(app, migration, () => invocation.remainingMilliseconds());
    });
    invocation.log.info("import ended", { migrationId, outcome });
    return { outcome };
  };
});
