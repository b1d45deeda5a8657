import { workbookReader } from "../../functions/adapters/excel/read-workbook.ts";
import { importAccounts } from "../../shared/accounts/import-accounts.ts";
import type { ImportRun, Upload } from "../../shared/contract/import-run.ts";
import type { Migration } from "../../shared/contract/migration.ts";
import { objectKeys } from "../../shared/contract/objects.ts";
import { FakeAccountStore } from "./fake-account-store.ts";
import { FakeClock } from "./fake-clock.ts";
import { FakeCredentialVault } from "./fake-credential-vault.ts";
import { FakeImportStore } from "./fake-import-store.ts";
import { FakeMigrationStore } from "./fake-migration-store.ts";
import { FakeObjectStore } from "./fake-object-store.ts";
import { exampleId } from "./migration-example.ts";

/** Everything an import works with, in memory, but the real reader of workbooks. */
export class ImportPorts {
  readonly clock = new FakeClock();
  readonly objects = new FakeObjectStore();
  readonly workbooks = workbookReader;
  readonly migrations = new FakeMigrationStore();
  readonly accounts = new FakeAccountStore(3);
  readonly vault = new FakeCredentialVault();
  readonly imports = new FakeImportStore();
  /** The migrations whose accounts an import has asked to start. */
  readonly starter = new Starter();
}

class Starter {
  readonly started: string[] = [];

  async start({ migrationId }: Migration): Promise<void> {
    this.started.push(migrationId);
  }
}

/** Ports that hold a migration and an upload that waits to be imported. */
export const uploaded = async (
  migration: Migration,
  bytes: Uint8Array,
  file = "accounts.xlsx",
): Promise<ImportPorts> => {
  const ports = new ImportPorts();
  await ports.migrations.create(migration);
  await ports.objects.write(objectKeys.accounts(exampleId, file), bytes);
  return ports;
};

/** The upload as its event names it; another number is another upload of the same file. */
export const uploadNumbered = (number: number, file = "accounts.xlsx"): Upload => ({
  file,
  etag: "0123",
  sequencer: String(number),
});

/** Runs the import of an upload. */
export const runImport = (ports: ImportPorts, upload: Upload = uploadNumbered(1)): Promise<ImportRun> =>
  importAccounts(ports, exampleId, upload, (migration) => ports.starter.start(migration));
