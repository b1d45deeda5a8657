import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { dynamoAccountStore } from "../../../functions/adapters/dynamodb/account-store.ts";
import { dynamoAllocationStore } from "../../../functions/adapters/dynamodb/allocation-store.ts";
import { StateTable } from "../../../functions/adapters/dynamodb/state-table.ts";
import { workbookReader } from "../../../functions/adapters/excel/read-workbook.ts";
import { workbookWriter } from "../../../functions/adapters/excel/write-workbook.ts";
import { kmsCredentialVault } from "../../../functions/adapters/kms/credential-vault.ts";
import { kmsKeyService } from "../../../functions/adapters/kms/key-service.ts";
import * as clients from "../../../functions/runtime/clients.ts";
import { importRows, planRows } from "../../../shared/accounts/import-rows.ts";
import { MigrationId, Timestamp } from "../../../shared/contract/ids.ts";
import { Migration } from "../../../shared/contract/migration.ts";
import { importDomain } from "./import-workbook.ts";
import { peakMegabytes } from "./peak-memory.ts";

/**
 * A process of its own, so that time and memory are the import's alone: reads a workbook, judges its rows, seals its passwords and
 * writes passwords and accounts to the table of a pipeline, which its environment says how to reach. Prints what that took.
 */
const { values } = parseArgs({ options: { workbook: { type: "string" }, table: { type: "string" } } });
const { workbook, table: tableName } = values;
if (workbook === undefined || tableName === undefined)
  throw new Error("--workbook FILE and --table NAME are needed");
const migrationId = MigrationId.parse("example.test-0000");
const now = Timestamp.parse(new Date().toISOString());
const migration = Migration.parse({
  phase: "domain",
  migrationId,
  domain: importDomain,
  createdAt: now,
  settings: {
    domain: importDomain,
    source: { host: "imap.example.test" },
    target: { kind: "imap", host: "imap.example.test" },
  },
});
const bytes = await readFile(workbook);
const table = new StateTable(clients.dynamodb(), tableName);
const app = {
  workbooks: workbookReader,
  workbookWriter,
  allocations: dynamoAllocationStore(table),
  // A workbook without faults has nothing to be kept of.
  objects: { read: async () => null, write: async () => undefined },
  accounts: dynamoAccountStore(table),
  vault: kmsCredentialVault(kmsKeyService(clients.kms(), "alias/mailferry/credentials"), table),
};

const started = performance.now();
const run = { migrationId, upload: { file: "accounts.xlsx" }, startedAt: now };
const planned = await planRows(app, migration, bytes, run, { isFirst: true, outdated: null });
if ("unusable" in planned) throw new Error(`the import refused its workbook: ${planned.unusable.name}`);
const imported = await importRows(app, planned, run);
const seconds = (performance.now() - started) / 1_000;
process.stdout.write(
  `${JSON.stringify({
    seconds,
    peakMegabytes: peakMegabytes(),
    created: imported.counts.created,
  })}\n`,
);
