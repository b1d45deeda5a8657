import { createHash } from "node:crypto";
import { copyFile, link, mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** A name for an assembly: equal exactly when template and code are. The manifest names the code by its contents. */
export const contentNameOf = async (assembly: string): Promise<string> => {
  const hash = createHash("sha256");
  for (const name of (await readdir(assembly)).filter(isDescription).sort()) {
    hash.update(`${name}\0`).update(await readFile(join(assembly, name)));
  }
  return hash.digest("hex").slice(0, 20);
};

/**
 * Copies what a local cloud reads of an assembly. Code is linked, because CDK never writes into an asset that is there; templates are
 * not, because `cdk deploy -c` overwrites them.
 */
export const copyAssembly = async (from: string, to: string): Promise<void> => {
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [old, copy] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory() && entry.name.startsWith("asset.")) await linkTree(old, copy);
    else if (entry.isFile() && isDescription(entry.name)) await copyFile(old, copy);
  }
};

const isDescription = (name: string): boolean => /\.(?:template|assets)\.json$/.test(name);

const linkTree = async (from: string, to: string): Promise<void> => {
  await mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [old, copy] = [join(from, entry.name), join(to, entry.name)];
    await (entry.isDirectory() ? linkTree(old, copy) : linkOrCopy(old, copy));
  }
};

/** Some file systems have no hard links, or not for a file of somebody else's. */
const linkOrCopy = async (from: string, to: string): Promise<void> => {
  try {
    await link(from, to);
  } catch (thrown) {
    if (systemError.safeParse(thrown).data?.code === "ENOENT") throw thrown;
    await copyFile(from, to);
  }
};

const systemError = z.object({ code: z.string() });
