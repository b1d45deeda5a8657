import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { z } from "zod";
import { functionHeapFlags } from "../lambda/function-heap.ts";
import { lateOptimisationFlags } from "../lambda/late-optimisation.ts";
import { bundledProbe } from "./bundled-probe.ts";

/** The worker's memory by default, in megabytes. */
const workerMegabytes = 512;

/**
 * Runs what measures the engine, in a process of its own whose start does not count, with the heap and the compilers that the worker has
 * on this machine.
 * @throws Error when it fails: such a run proves nothing
 */
export const runProbe = async <Printed extends z.ZodType>(
  name: "engine-probe" | "mailbox-probe",
  asked: object,
  printed: Printed,
): Promise<z.infer<Printed>> => {
  const flags = [...functionHeapFlags(workerMegabytes), ...lateOptimisationFlags];
  const words = [...flags, await bundledProbe(name), JSON.stringify(asked)];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  const [line, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  if (code !== 0) throw new Error(`${name} ended with ${String(code)}`);
  return printed.parse(JSON.parse(line));
};
