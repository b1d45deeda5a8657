import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { workbookReader } from "../../../functions/adapters/excel/read-workbook.ts";
import { workbookWriter } from "../../../functions/adapters/excel/write-workbook.ts";
import { kmsCredentialVault } from "../../../functions/adapters/kms/credential-vault.ts";
import { importRows } from "../../../shared/accounts/import-rows.ts";
import { MigrationId, Timestamp } from "../../../shared/contract/ids.ts";
import { Migration } from "../../../shared/contract/migration.ts";
import { importDomain } from "./import-workbook.ts";

/**
 * A process of its own, so that time and memory are the import's alone: reads a workbook, judges its rows, seals its passwords and
 * hands the accounts to a table that takes everything and keeps nothing. Prints what that took.
 */
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
const bytes = await readFile(process.argv[2] ?? "");
const counted = { dataKeys: 0, writes: 0 };
const write = async (): Promise<boolean> => {
  counted.writes += 1;
  return true;
};
const nothing = async (): Promise<null> => null;
const keyService = {
  generate: async () => {
    counted.dataKeys += 1;
    return { plain: randomBytes(32), sealed: randomBytes(184) };
  },
  open: async () => randomBytes(32),
};
const app = {
  workbooks: workbookReader,
  workbookWriter,
  allocations: { all: async () => [] },
  objects: { read: nothing, write: async () => undefined },
  accounts: {
    page: async () => ({ accounts: [], next: null }),
    get: nothing,
    create: write,
    replace: write,
  },
  vault: kmsCredentialVault(keyService, {
    get: nothing,
    put: async () => {
      await write();
    },
    putAll: async (items) => {
      counted.writes += items.length;
    },
    page: async () => ({ records: [], next: null }),
    remove: async () => undefined,
  }),
};

const started = performance.now();
const run = { migrationId, upload: { file: "accounts.xlsx" }, startedAt: now };
const imported = await importRows(app, migration, bytes, run, null);
const seconds = (performance.now() - started) / 1_000;
if ("unusable" in imported) throw new Error(`the import refused its workbook: ${imported.unusable.name}`);
process.stdout.write(
  `${JSON.stringify({
    seconds,
    // Kilobytes, whatever the platform (libuv).
    peakMegabytes: (process.resourceUsage().maxRSS * 1_024) / 1_000_000,
    created: imported.counts.created,
    ...counted,
  })}\n`,
);
