import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { requireBanner } from "../../bundle/bundle-functions.ts";
import { buildDirectory } from "../../repository.ts";

type ProbeName = "engine-probe" | "mailbox-probe" | "import-probe";

const bundled = new Map<ProbeName, Promise<string>>();

/**
 * A probe as one file, as the functions are on Lambda: stripping types and resolving modules is no part of what is measured. It is made
 * once: what esbuild still does after a build would be measured with the run that follows.
 */
export const bundledProbe = (name: ProbeName): Promise<string> => {
  const made = bundled.get(name) ?? bundle(name);
  bundled.set(name, made);
  return made;
};

const bundle = async (name: ProbeName): Promise<string> => {
  const outdir = join(buildDirectory, "bench");
  await mkdir(outdir, { recursive: true });
  await build({
    entryPoints: [join(import.meta.dirname, `${name}.ts`)],
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    banner: { js: requireBanner },
    logLevel: "silent",
  });
  return join(outdir, `${name}.mjs`);
};
