import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { stampAssembly } from "./assembly-stamp.ts";
import { withBundledCode } from "./bundle/bundled-code.ts";
import { fingerprintOf } from "./bundle/fingerprint.ts";
import { freshDirectory, putInPlace } from "./bundle/fresh-directory.ts";
import { mailferryApp } from "./mailferry-app.ts";
import { assemblyDirectory, repository } from "./repository.ts";

/**
 * Bundles, synthesises and puts the assembly in its place, complete or not at all. What the CDK command line would say of
 * itself through its environment is read from cdk.json.
 */
const buildAssembly = async (): Promise<void> => {
  // Before anything is read: a file that changes meanwhile makes the assembly outdated, not wrongly up to date.
  const sources = await fingerprintOf(repository);
  const { context } = CdkJson.parse(JSON.parse(await readFile(join(repository, "cdk.json"), "utf8")));
  const outdir = await freshDirectory("assembly");
  try {
    await withBundledCode((code) => mailferryApp(code, { outdir, context }).synth());
    await stampAssembly(outdir, sources);
    await putInPlace(outdir, assemblyDirectory);
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
};

const CdkJson = z.object({ context: z.record(z.string(), z.json()) });

try {
  await buildAssembly();
} catch (error) {
  // esbuild names file and line in its message; the construct library and cdk-nag have printed their findings already.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
