import { describe, expect, it } from "vitest";
import { findMeant } from "../../../infra/local/cli/find-migration.ts";
import { UnusableInput } from "../../../infra/local/cli/unusable-input.ts";
import { MigrationId } from "../../../shared/contract/ids.ts";
import { FakeMigrationStore } from "../../support/fake-migration-store.ts";
import { exampleDomain, exampleId, inHistory } from "../../support/migration-example.ts";

const another = MigrationId.parse("another-name");

const underWay = async (): Promise<FakeMigrationStore> => {
  const migrations = new FakeMigrationStore();
  await migrations.create(inHistory());
  return migrations;
};

describe("the migration that settings mean", () => {
  it("is the one of their domain, whether they name it or none", async () => {
    const migrations = await underWay();
    for (const migrationId of [undefined, exampleId])
      expect(await findMeant(migrations, { domain: exampleDomain, migrationId })).toMatchObject({
        migrationId: exampleId,
      });
  });

  it("is yet to be begun where nothing is known of the domain", async () => {
    expect(
      await findMeant(new FakeMigrationStore(), { domain: exampleDomain, migrationId: another }),
    ).toBeNull();
  });

  it("is not a second one beside that which is under way", async () => {
    const migrations = await underWay();
    await expect(findMeant(migrations, { domain: exampleDomain, migrationId: another })).rejects.toThrow(
      UnusableInput,
    );
  });
});
