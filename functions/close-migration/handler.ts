import { MigrationReference } from "../../events/verify-domain.ts";
import { closeMigration } from "../../shared/phases/close-migration.ts";
import { destroyOnlyVault } from "../adapters/kms/destroy-only-vault.ts";
import { composeState } from "../runtime/composition.ts";
import { defineFunction } from "../runtime/define-function.ts";

/** The switch is done: the migration is closed and its credentials are destroyed. */
export const handler = await defineFunction("close-migration", MigrationReference, (environment) => {
  const state = composeState(environment);
  const app = { ...state, vault: destroyOnlyVault(state.table) };
  return ({ migrationId }) => closeMigration(app, migrationId);
});
