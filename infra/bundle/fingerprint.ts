import { createHash } from "node:crypto";
import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Everything that the assembly is made from: sources, versions of packages, settings. `infra/local` only runs it. */
const sources = [
  "{functions,shared,events}/**/*.ts",
  "infra/*.ts",
  "infra/{bundle,constructs,stacks}/*.ts",
  "cdk.json",
  "package-lock.json",
  "tsconfig.json",
];

/** A hash over names and contents of all sources under `root`: equal exactly when the assembly would be. */
export const fingerprintOf = async (root: string): Promise<string> => {
  const files: string[] = [];
  for await (const file of glob(sources, { cwd: root })) files.push(file);
  const hash = createHash("sha256");
  for (const file of files.sort()) {
    const content = await readFile(join(root, file));
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
};
