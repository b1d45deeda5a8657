import type { ParseArgsConfig } from "node:util";
import type { Language } from "../../../../shared/contract/errors.ts";
import type { Migration } from "../../../../shared/contract/migration.ts";
import type { ExitStatus } from "../exit-status.ts";
import type { Pipeline } from "../pipeline.ts";

/** What stood on the command line behind an operation's name. */
export interface Words {
  /** Addresses or a file, as the operation takes them. */
  readonly rest: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

/** Where an operation is done. */
export interface Place {
  readonly pipeline: Pipeline;
  readonly migration: Migration;
  /** One sentence of how far it is, while it is under way. */
  readonly say: (sentence: string) => void;
}

/** What came of it: printed as JSON, and for the eye in sentences. */
export interface Answered {
  readonly status: ExitStatus;
  readonly answer: object;
  readonly sentences?: readonly string[];
}

/** Something an operator can do to a migration. */
export interface Operation {
  /** What stands behind its name, for the usage. */
  readonly takes: string;
  readonly says: Readonly<Record<Language, string>>;
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  /** @throws UnusableInput before anything is done */
  run(place: Place, words: Words): Promise<Answered>;
}
