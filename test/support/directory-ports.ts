import { parseDirectoryFile } from "../../shared/accounts/directory.ts";
import { objectKeys } from "../../shared/contract/objects.ts";
import { FakeClock } from "./fake-clock.ts";
import { FakeDirectoryReader } from "./fake-directory-reader.ts";
import { FakeDirectoryStore } from "./fake-directory-store.ts";
import { FakeMemberDirectory, members } from "./fake-member-directory.ts";
import { FakeMigrationStore } from "./fake-migration-store.ts";
import { FakeObjectStore } from "./fake-object-store.ts";
import { exampleId } from "./migration-example.ts";
import { withWecom } from "./wecom-migration.ts";

/** Everything a reading of the directory works with, in memory. */
export class DirectoryPorts {
  readonly clock = new FakeClock();
  readonly migrations = new FakeMigrationStore();
  readonly directories = new FakeDirectoryStore();
  readonly memberDirectory = new FakeMemberDirectory();
  readonly directoryReader = new FakeDirectoryReader();
  readonly objects = new FakeObjectStore();
}

/** The reading as it is asked for. */
export const request = { migrationId: exampleId };

/** Ports with a migration whose WeCom has so many members. */
export const portsWith = async (...numbers: readonly number[]): Promise<DirectoryPorts> => {
  const ports = new DirectoryPorts();
  await ports.migrations.create(withWecom());
  ports.memberDirectory.present = members(...numbers);
  return ports;
};

/** The accounts of the members in the snapshot that was left, or null when there is none. */
export const snapshot = async ({ objects }: DirectoryPorts): Promise<readonly string[] | null> => {
  const bytes = await objects.read(objectKeys.directory(exampleId), 1_000_000);
  if (bytes === null) return null;
  return parseDirectoryFile(new TextDecoder().decode(bytes), "snapshot").members.map(({ userid }) => userid);
};
