import {
  BatchRecord,
  FolderRecord,
  FolderSummary,
  RefusedMessage,
} from "../../../shared/contract/mailbox.ts";
import { keys } from "../../../shared/contract/table.ts";
import type { MailboxKey, MailboxStore } from "../../../shared/ports/mailbox-store.ts";
import type { StateTable } from "./state-table.ts";

/** A mailbox' folders, batches, refused messages and summaries: one partition of the state table. */
export const dynamoMailboxStore = (table: StateTable): MailboxStore => {
  const partition = ({ migrationId, address }: MailboxKey) => keys.mailbox(migrationId, address);
  return {
    folders: (mailbox) => table.all({ ...partition(mailbox), prefix: "FOLDER#" }, FolderRecord),
    putFolder: (folder) =>
      table.put(keys.folder(folder.migrationId, folder.address, folder.sourcePath), folder),
    deleteFolder: ({ migrationId, address }, path) => table.remove(keys.folder(migrationId, address, path)),
    batch: ({ migrationId, address }, id) => table.get(keys.batch(migrationId, address, id), BatchRecord),
    batches: (mailbox) => table.all({ ...partition(mailbox), prefix: "BATCH#" }, BatchRecord),
    createBatch: (batch) => table.create(keys.batch(batch.migrationId, batch.address, batch.batchId), batch),
    putBatch: (batch) => table.put(keys.batch(batch.migrationId, batch.address, batch.batchId), batch),
    refused: (mailbox) => table.all({ ...partition(mailbox), prefix: "REFUSED#" }, RefusedMessage),
    putRefused: (message) =>
      table.put(
        keys.refused(
          message.migrationId,
          message.address,
          message.sourcePath,
          message.sourceUidValidity,
          message.uid,
        ),
        message,
      ),
    summaries: (mailbox) => table.all({ ...partition(mailbox), prefix: "SUMMARY#" }, FolderSummary),
    putSummary: (summary) =>
      table.put(keys.folderSummary(summary.migrationId, summary.address, summary.sourcePath), summary),
  };
};
