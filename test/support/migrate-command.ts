import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** How a command ended; `status` is null when a signal ended it. */
export interface CommandEnd {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command under way. */
export interface RunningCommand {
  readonly child: ChildProcess;
  readonly ended: Promise<CommandEnd>;
  /** Resolves as soon as stderr has said something that matches; rejects when the command ends without. */
  said(pattern: RegExp): Promise<void>;
}

const root = join(import.meta.dirname, "../..");

/** Runs `npm run migrate` as its user would, without npm in between so that a signal meets the command itself. */
export const startMigrate = (
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): RunningCommand => startCommand("migrate", words, environment);

/** The same for any command of `infra/local/cli/`; `input` is what it finds on stdin. */
export const startCommand = (
  command: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>>,
  input = "",
): RunningCommand => {
  const child = spawn(process.execPath, [join(root, `infra/local/cli/${command}.ts`), ...words], {
    cwd: root,
    env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LANG: "C.UTF-8", ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin?.end(input);
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  let stdout = "";
  let stderr = "";
  const listeners = new Set<() => void>();
  child.stdout?.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
    for (const listener of listeners) listener();
  });
  const ended = new Promise<CommandEnd>((resolve) => {
    child.once("close", (status) => resolve({ status, stdout, stderr }));
  });
  return {
    child,
    ended,
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(stderr)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
        void ended.then(() =>
          reject(new Error(`The command ended without saying ${String(pattern)}:\n${stderr}`)),
        );
      }),
  };
};
