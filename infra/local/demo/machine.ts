import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";

/** What the installing of programs does to a computer, and nothing more. */
export interface Machine {
  readonly isRoot: boolean;
  hasFile(path: string): boolean;
  /** Makes an executable file; false when there is one already, which is then left as it is. */
  createProgram(path: string, text: string): Promise<boolean>;
  removeFile(path: string): Promise<void>;
  /** Runs a command to its end, at most ten minutes. It never rejects: a command that cannot be started has failed. */
  run(command: readonly string[]): Promise<{ readonly succeeded: boolean; readonly output: string }>;
  /** One line for the person who started us. */
  say(line: string): void;
}

/** An installation over a slow line is given this long. */
const RUN_MILLISECONDS = 600_000;

export const thisMachine: Machine = {
  isRoot: process.getuid?.() === 0,
  hasFile: existsSync,
  async createProgram(path, text) {
    try {
      await writeFile(path, text, { flag: "wx", mode: 0o755 });
      return true;
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
      throw error;
    }
  },
  removeFile: (path) => rm(path, { force: true }),
  run: ([program = "", ...rest]) =>
    new Promise((resolve) => {
      const limits = { timeout: RUN_MILLISECONDS, maxBuffer: 16_000_000 };
      execFile(program, rest, limits, (error, stdout, stderr) => {
        resolve({ succeeded: error === null, output: `${stdout}${stderr}` });
      });
    }),
  say(line) {
    process.stderr.write(`${line}\n`);
  },
};
