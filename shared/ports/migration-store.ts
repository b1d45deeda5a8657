import type { MigrationId } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import type { WaitingPhase } from "../contract/phases.ts";

/** The migrations' own records. Every read is consistent; a record that cannot be parsed is RecordUnreadable, never absent. */
export interface MigrationStore {
  get(id: MigrationId): Promise<Migration | null>;
  /** All of them; there are few. */
  list(): Promise<readonly Migration[]>;
  /** False when one with this id is already there; it is left as it was. */
  create(migration: Migration): Promise<boolean>;
  /**
   * Replaces the record only while it still equals `previous`, so that two writers never undo each other. False when it
   * had changed meanwhile: read again and decide anew.
   */
  replace(previous: Migration, next: Migration): Promise<boolean>;
  /** The token of a wait that began before tokens stood in the record. Nobody writes or removes it any more. */
  earlierTaskToken(id: MigrationId, phase: WaitingPhase): Promise<string | null>;
}
