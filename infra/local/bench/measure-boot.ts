import { spawn } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { assemblyDirectory } from "../../repository.ts";

const Boot = z.object({ synthSeconds: z.number(), bootSeconds: z.number(), idleMegabytes: z.number() });
export type Boot = z.infer<typeof Boot>;

/** Boots the local cloud in a process of its own; `cold` bundles and synthesises first. Seconds and megabytes (10^6 bytes). */
export const measureBoot = async (dataDir: string, cold: boolean): Promise<Boot> => {
  if (cold) await rm(assemblyDirectory, { recursive: true, force: true });
  const child = spawn(process.execPath, [join(import.meta.dirname, "boot-probe.ts"), "--data", dataDir], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [printed, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
  if (code !== 0) throw new Error(`the boot ended with ${String(code)}`);
  return Boot.parse(JSON.parse(printed));
};
