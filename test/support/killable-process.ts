import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { eventually } from "./eventually.ts";

const line = z.looseObject({ event: z.string() });
/** Something a child says: one JSON object a line on its standard output. */
export type Said = z.output<typeof line>;

/** A program of test/support in a process of its own, that can be killed as a power button would. */
export interface KillableProcess {
  /** Everything it has said so far. */
  readonly said: readonly Said[];
  /** Waits until it has said `event`. */
  hears(event: string): Promise<Said>;
  /** `kill -9`, and waits until it is gone. */
  kill(): Promise<void>;
}

export const startProcess = (program: string, ...args: readonly string[]): KillableProcess => {
  const path = fileURLToPath(new URL(program, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const said: Said[] = [];
  createInterface({ input: child.stdout }).on("line", (text) => said.push(line.parse(JSON.parse(text))));
  const gone = once(child, "exit");
  return {
    said,
    hears: (event) => eventually(`"${event}" from ${program}`, () => said.find((one) => one.event === event)),
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
  };
};
