import { ImportTurn } from "../../../shared/contract/import-turn.ts";
import { keys } from "../../../shared/contract/table.ts";
import type { ImportTurns } from "../../../shared/ports/import-turns.ts";
import type { StateTable } from "./state-table.ts";

/** The turns in the state table, each beside its migration's import runs. */
export const dynamoImportTurns = (table: StateTable): ImportTurns => ({
  get: (id) => table.get(keys.importTurn(id), ImportTurn),
  create: (turn) => table.create(keys.importTurn(turn.migrationId), turn),
  replace: (previous, next) => table.replace(keys.importTurn(next.migrationId), previous, next),
  remove: (turn) => table.remove(keys.importTurn(turn.migrationId), turn),
});
