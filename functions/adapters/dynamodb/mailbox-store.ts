import { MailferryError } from "../../../shared/contract/errors.ts";
import {
  BatchRecord,
  FolderRecord,
  FolderSummary,
  RefusedMessage,
} from "../../../shared/contract/mailbox.ts";
import { keys } from "../../../shared/contract/table.ts";
import type { MailboxKey, MailboxStore, RefusedKey } from "../../../shared/ports/mailbox-store.ts";
import type { ItemKey, StateTable } from "./state-table.ts";

/** A mailbox' folders, batches, refused messages and summaries: one partition of the state table. */
export const dynamoMailboxStore = (table: StateTable): MailboxStore => storeFenced(table, null);

const refusedKey = (
  { migrationId, address }: MailboxKey,
  { sourcePath, sourceUidValidity, uid }: RefusedKey,
): ItemKey => keys.refused(migrationId, address, sourcePath, sourceUidValidity, uid);

const storeFenced = (table: StateTable, fence: number | null): MailboxStore => {
  const partition = ({ migrationId, address }: MailboxKey) => keys.mailbox(migrationId, address);
  const put = async (key: ItemKey, record: MailboxKey): Promise<void> => {
    if (fence === null) await table.put(key, record);
    else if (!(await table.putFenced(key, record, fence))) {
      throw new MailferryError("WorkSuperseded", { mailbox: record.address });
    }
  };
  return {
    fencedBy: (token) => storeFenced(table, token),
    folders: (mailbox) => table.all({ ...partition(mailbox), prefix: "FOLDER#" }, FolderRecord),
    putFolder: (folder) => put(keys.folder(folder.migrationId, folder.address, folder.sourcePath), folder),
    deleteFolder: ({ migrationId, address }, path) => table.remove(keys.folder(migrationId, address, path)),
    batch: ({ migrationId, address }, id) => table.get(keys.batch(migrationId, address, id), BatchRecord),
    batches: (mailbox) => table.all({ ...partition(mailbox), prefix: "BATCH#" }, BatchRecord),
    createBatch: (batch) =>
      table.create(keys.batch(batch.migrationId, batch.address, batch.batchId), batch, {
        ...(fence === null ? {} : { fence }),
      }),
    putBatch: (batch) => put(keys.batch(batch.migrationId, batch.address, batch.batchId), batch),
    refused: (mailbox) => table.all({ ...partition(mailbox), prefix: "REFUSED#" }, RefusedMessage),
    putRefused: (message) => put(refusedKey(message, message), message),
    deleteRefused: (mailbox, message) => table.remove(refusedKey(mailbox, message)),
    summaries: (mailbox) => table.all({ ...partition(mailbox), prefix: "SUMMARY#" }, FolderSummary),
    putSummary: (summary) =>
      put(keys.folderSummary(summary.migrationId, summary.address, summary.sourcePath), summary),
  };
};
