import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";

/** A log is set aside as `<function>.log.1` when it has this many bytes, so that one function keeps at most twice as much. */
const logBytes = 5 * 1024 * 1024;

/** What a function wrote, in `logs/<function>.log` of the data directory. */
export class FunctionLog {
  readonly #path: string;
  #size: number;

  constructor(dataDir: string, functionName: string) {
    const directory = join(dataDir, "logs");
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    this.#path = join(directory, `${functionName}.log`);
    this.#size = statSync(this.#path, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Written at once: what a function said last before the process was killed is what one wants to read. */
  append(text: string | Buffer): void {
    if (this.#size >= logBytes) {
      renameSync(this.#path, `${this.#path}.1`);
      this.#size = 0;
    }
    appendFileSync(this.#path, text, { mode: 0o600 });
    this.#size += Buffer.byteLength(text);
  }
}
