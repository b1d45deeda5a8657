import type { Migration } from "../../shared/contract/migration.ts";
import type { FakeMigrationStore } from "./fake-migration-store.ts";
import { exampleId } from "./migration-example.ts";

/** What is recorded of the example's migration. @throws Error when there is none */
export const recorded = async ({
  migrations,
}: {
  readonly migrations: FakeMigrationStore;
}): Promise<Migration> => {
  const migration = await migrations.get(exampleId);
  if (migration === null) throw new Error("There is no migration.");
  return migration;
};
