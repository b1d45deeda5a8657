import { workbookReader } from "../../functions/adapters/excel/read-workbook.ts";
import { workbookWriter } from "../../functions/adapters/excel/write-workbook.ts";
import { importAccounts } from "../../shared/accounts/import-accounts.ts";
import type { Patience } from "../../shared/accounts/with-turn.ts";
import type { MailAddress } from "../../shared/contract/ids.ts";
import type { ImportRun, Upload } from "../../shared/contract/import-run.ts";
import type { Migration } from "../../shared/contract/migration.ts";
import { objectKeys, uploadsPrefix } from "../../shared/contract/objects.ts";
import { endAccountsPhase } from "../../shared/phases/finish-accounts.ts";
import { FakeAccountStore } from "./fake-account-store.ts";
import { FakeAllocationStore } from "./fake-allocation-store.ts";
import { FakeClock } from "./fake-clock.ts";
import { FakeCredentialVault } from "./fake-credential-vault.ts";
import { FakeDirectoryReader } from "./fake-directory-reader.ts";
import { FakeDirectoryStore } from "./fake-directory-store.ts";
import { FakeImportStore } from "./fake-import-store.ts";
import { FakeImportTurns } from "./fake-import-turns.ts";
import { FakeMigrationStore } from "./fake-migration-store.ts";
import { FakeObjectStore } from "./fake-object-store.ts";
import { FakeWorkflow } from "./fake-workflow.ts";
import { exampleId } from "./migration-example.ts";

/** Everything an import works with, in memory, but the real reader of workbooks. */
export class ImportPorts {
  readonly clock = new FakeClock();
  readonly objects = new FakeObjectStore();
  readonly workbooks = workbookReader;
  readonly workbookWriter = workbookWriter;
  readonly migrations = new FakeMigrationStore();
  readonly directories = new FakeDirectoryStore();
  readonly directoryReader = new FakeDirectoryReader();
  readonly accounts = new FakeAccountStore(3);
  readonly allocations = new FakeAllocationStore();
  readonly vault = new FakeCredentialVault();
  readonly imports = new FakeImportStore();
  readonly turns = new FakeImportTurns();
  readonly workflow = new FakeWorkflow();
  /** The migrations whose accounts an import has asked to start. */
  readonly starter = new Starter();
}

class Starter {
  readonly started: string[] = [];
  readonly mended: MailAddress[] = [];

  async start({ migrationId }: Migration, mended: readonly MailAddress[]): Promise<void> {
    this.started.push(migrationId);
    this.mended.push(...mended);
  }
}

/** Ports that hold a migration and an upload that waits to be imported. */
export const uploaded = async (
  migration: Migration,
  bytes: Uint8Array,
  file = "accounts.xlsx",
  metadata: Readonly<Record<string, string>> = {},
): Promise<ImportPorts> => {
  const ports = new ImportPorts();
  await ports.migrations.create(migration);
  ports.objects.upload(objectKeys.accounts(exampleId, file), bytes, metadata);
  return ports;
};

/** The upload as its event names it; another number is another upload of the same file. */
export const uploadNumbered = (number: number, file = "accounts.xlsx"): Upload => ({
  file,
  etag: "0123",
  sequencer: String(number),
});

/** The uploads that lie about still. */
export const uploadsLeft = ({ objects }: ImportPorts): readonly string[] =>
  objects.keys().filter((key) => key.startsWith(uploadsPrefix));

/** Lets others go on, so many times; time stands still. */
const standingBy = (): Patience => {
  let looks = 10_000;
  return async () => {
    await new Promise((resolve) => setImmediate(resolve));
    looks -= 1;
    return looks > 0;
  };
};

/** Runs the import of an upload. */
export const runImport = (
  ports: ImportPorts,
  upload: Upload = uploadNumbered(1),
  patience: Patience = standingBy(),
): Promise<ImportRun> =>
  importAccounts(ports, exampleId, upload, {
    startAccounts: (migration, mended) => ports.starter.start(migration, mended),
    finishAccounts: async (migration) => {
      await endAccountsPhase(ports, migration);
    },
    patience,
  });
