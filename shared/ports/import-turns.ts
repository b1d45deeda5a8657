import type { MigrationId } from "../contract/ids.ts";
import type { ImportTurn } from "../contract/import-turn.ts";

/** Whose turn it is in each migration; each call is one item. */
export interface ImportTurns {
  /** A consistent read; null when it is nobody's. */
  get(id: MigrationId): Promise<ImportTurn | null>;
  /** False when it is somebody's. */
  create(turn: ImportTurn): Promise<boolean>;
  /** Replaces the turn only while it is what `previous` says; false when it is not. */
  replace(previous: ImportTurn, next: ImportTurn): Promise<boolean>;
  /** Gives the turn back if it is still this one. */
  remove(turn: ImportTurn): Promise<void>;
}
