import { describe, expect, it } from "vitest";
import { dynamoImportStore } from "../../functions/adapters/dynamodb/import-store.ts";
import { MigrationId } from "../../shared/contract/ids.ts";
import { keys } from "../../shared/contract/table.ts";
import { exampleId, inAccounts } from "../support/migration-example.ts";
import { openStateTable } from "../support/state-table.ts";

describe("the import runs of the state table", () => {
  it("are known to be there, or not, for each migration by itself", async () => {
    const { table } = await openStateTable();
    const imports = dynamoImportStore(table);
    // It lies in the same partition, and is no run.
    await table.put(keys.importTurn(exampleId), {});
    expect(await imports.hasAny(exampleId)).toBe(false);
    const upload = { file: "accounts.xlsx" };
    const { createdAt: startedAt } = inAccounts();
    await imports.put({ outcome: "running", migrationId: exampleId, upload, startedAt });
    expect(await imports.hasAny(exampleId)).toBe(true);
    expect(await imports.hasAny(MigrationId.parse("other.example-1"))).toBe(false);
    await imports.remove(exampleId, upload.file);
    expect(await imports.hasAny(exampleId)).toBe(false);
  });
});
