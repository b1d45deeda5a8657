import ExcelJS from "exceljs";
import { workbookReader } from "../../functions/adapters/excel/read-workbook.ts";
import { workbookWriter } from "../../functions/adapters/excel/write-workbook.ts";
import { noPatience } from "../../shared/accounts/with-turn.ts";
import type { Account } from "../../shared/contract/account.ts";
import type { MailAddress, MigrationId } from "../../shared/contract/ids.ts";
import type { Upload } from "../../shared/contract/import-run.ts";
import type { Migration } from "../../shared/contract/migration.ts";
import { objectKeys } from "../../shared/contract/objects.ts";
import type { PasswordRun } from "../../shared/contract/password-run.ts";
import { shardOf } from "../../shared/contract/table.ts";
import { importPasswords } from "../../shared/passwords/import-passwords.ts";
import { passwordsWorkbook } from "../../shared/passwords/passwords-workbook.ts";
import type { WorkbookReader } from "../../shared/ports/workbook-reader.ts";
import { FakeAccountStore } from "./fake-account-store.ts";
import { FakeClock } from "./fake-clock.ts";
import { FakeCredentialVault } from "./fake-credential-vault.ts";
import { FakeImportTurns } from "./fake-import-turns.ts";
import { FakeMigrationStore } from "./fake-migration-store.ts";
import { FakeObjectStore } from "./fake-object-store.ts";
import { FakePasswordRunStore } from "./fake-password-run-store.ts";
import { FakeWorkQueue } from "./fake-work-queue.ts";
import { exampleDomain, exampleId } from "./migration-example.ts";

/** Everything a file of passwords is written and imported with, in memory, but the real reader and writer of workbooks. */
export class PasswordPorts {
  readonly clock = new FakeClock();
  readonly migrations = new FakeMigrationStore();
  readonly accounts = new FakeAccountStore(3);
  readonly vault = new FakeCredentialVault();
  readonly objects = new FakeObjectStore();
  readonly workQueue = new FakeWorkQueue();
  readonly passwordRuns = new FakePasswordRunStore();
  readonly turns = new FakeImportTurns();
  readonly workbookWriter = workbookWriter;
  readonly workbooks: WorkbookReader = { open: async (bytes, file) => workbookReader.open(bytes, file) };
  readonly heldPasswords = {
    ofShard: async (id: MigrationId, shard: number): Promise<ReadonlySet<MailAddress>> => {
      const held = new Set<MailAddress>();
      for (const { address } of this.accounts.all(id)) {
        const credential = { migrationId: id, address, side: "source" } as const;
        if (shardOf(address) === shard && (await this.vault.isHeld(credential))) held.add(address);
      }
      return held;
    },
  };

  /** The password of an account, by the part of its address before the @. */
  password(name: string): Promise<string | null> {
    const account = this.accounts.all(exampleId).find(({ address }) => address.startsWith(`${name}@`));
    if (account === undefined) throw new Error(`There is no account ${name}.`);
    return this.vault.open({ migrationId: exampleId, address: account.address, side: "source" });
  }
}

/** Ports that hold a migration with its accounts, and of some the passwords. */
export const passwordPorts = async (
  migration: Migration,
  accounts: readonly Account[],
  passwords: Readonly<Record<string, string>> = {},
): Promise<PasswordPorts> => {
  const ports = new PasswordPorts();
  await ports.migrations.create(migration);
  for (const account of accounts) {
    await ports.accounts.createAll([account]);
    const password = passwords[account.address.split("@")[0] ?? ""];
    const { migrationId, address } = account;
    if (password !== undefined) await ports.vault.keep({ migrationId, address, side: "source" }, password);
  }
  return ports;
};

/** The file as an admin downloads it. */
export const exportedFile = (ports: PasswordPorts): Promise<Uint8Array> =>
  workbookWriter.write(passwordsWorkbook(ports, exampleId));

/** The same file with some cells changed (`D5`), as Excel would save it. */
export const filledIn = async (
  bytes: Uint8Array,
  cells: Readonly<Record<string, ExcelJS.CellValue>>,
): Promise<Uint8Array> => {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  const sheet = workbook.worksheets[0];
  for (const [place, value] of Object.entries(cells)) {
    const cell = sheet?.getCell(place);
    if (cell !== undefined) cell.value = value;
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
};

/** The same file with passwords filled in, each by the part of its address before the @. */
export const withPasswords = async (
  bytes: Uint8Array,
  passwords: Readonly<Record<string, ExcelJS.CellValue>>,
): Promise<Uint8Array> => {
  const cells: Record<string, ExcelJS.CellValue> = {};
  for (const [name, password] of Object.entries(passwords))
    cells[await passwordCell(bytes, `${name}@${exampleDomain}`)] = password;
  return filledIn(bytes, cells);
};

/** The n-th upload under one name, as its event names it. */
export const uploadNumbered = (number: number, file = "passwords.xlsx"): Upload => ({
  file,
  etag: "0123",
  sequencer: String(number),
});

/** Puts a file into the bucket and gives the ports back. */
export const uploadedTo = async (
  ports: PasswordPorts,
  bytes: Uint8Array,
  { file } = uploadNumbered(1),
): Promise<PasswordPorts> => {
  await ports.objects.write(objectKeys.passwords(exampleId, file), bytes);
  return ports;
};

/** Imports what lies in the bucket. */
export const importUploaded = (ports: PasswordPorts, upload = uploadNumbered(1)): Promise<PasswordRun> =>
  importPasswords(ports, exampleId, upload, noPatience);

/** Puts a file into the bucket and imports it. */
export const uploadAndImport = async (
  ports: PasswordPorts,
  bytes: Uint8Array,
  upload = uploadNumbered(1),
): Promise<PasswordRun> => importUploaded(await uploadedTo(ports, bytes, upload), upload);

/** The cell for the password of an address in such a file. */
export const passwordCell = async (bytes: Uint8Array, address: string): Promise<string> => {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  let cell: string | undefined;
  workbook.worksheets[0]?.eachRow((row, number) => {
    if (row.getCell(1).text === address) cell = `E${number}`;
  });
  if (cell === undefined) throw new Error(`The file has no row of ${address}.`);
  return cell;
};
