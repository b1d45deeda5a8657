import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { stackName } from "../shared/contract/environment.ts";

/** Which sources an assembly was made from, and which template came out. */
const Stamp = z.strictObject({ sources: z.string(), template: z.string() });

/** Notes in the assembly that it was made from these sources. */
export const stampAssembly = async (assembly: string, sources: string): Promise<void> => {
  const stamp: z.infer<typeof Stamp> = { sources, template: await templateHash(assembly) };
  await writeFile(join(assembly, fileName), JSON.stringify(stamp));
};

/**
 * Whether the assembly was made from these sources and is still as it was: `cdk deploy -c …` writes another template into the
 * same directory. False for one that is missing or damaged.
 */
export const isMadeFrom = async (assembly: string, sources: string): Promise<boolean> => {
  try {
    const stamp = Stamp.parse(JSON.parse(await readFile(join(assembly, fileName), "utf8")));
    return stamp.sources === sources && stamp.template === (await templateHash(assembly));
  } catch {
    return false;
  }
};

const fileName = "mailferry-stamp.json";

const templateHash = async (assembly: string): Promise<string> =>
  createHash("sha256")
    .update(await readFile(join(assembly, `${stackName}.template.json`)))
    .digest("hex");
