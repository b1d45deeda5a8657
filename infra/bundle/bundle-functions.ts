import { join } from "node:path";
import { build } from "esbuild";
import type { FunctionName } from "../../shared/contract/environment.ts";
import { repository } from "../repository.ts";
import { functionNames } from "./function-names.ts";
import { oneLanguage } from "./one-language.ts";

interface BundleRequest {
  /** The repository. */
  readonly root: string;
  /** Where the bundles go: `<outdirectory>/<function>/index.mjs`. */
  readonly outdirectory: string;
  /** @default every function there is */
  readonly names?: readonly FunctionName[];
}

/**
 * Bundles every function's handler.ts into a directory of its own that Lambda (and the local cloud) runs as it is. The AWS SDK
 * goes in too: the one in Lambda's runtime changes when AWS likes, ours with package-lock.json. The same sources give the
 * same bytes, so an unchanged function keeps its asset hash and is not deployed again.
 *
 * @throws esbuild's BuildFailure, which names file and line.
 */
export const bundleFunctions = async ({
  root,
  outdirectory,
  names = functionNames,
}: BundleRequest): Promise<void> => {
  const [compiling, others] = [names.filter(parsesMuch), names.filter((name) => !parsesMuch(name))];
  const inject = [join(repository, "functions/runtime/uncompiled-schemas.ts")];
  await Promise.all([
    bundle({ root, outdirectory, names: compiling, inject: [] }),
    bundle({ root, outdirectory, names: others, inject }),
  ]);
};

/** An import parses each of its 100,000 rows. */
const parsesMuch = (name: FunctionName): boolean => name === "import-accounts";

/** `inject`: what is evaluated before everything else in each of them. */
const bundle = async ({
  root,
  outdirectory,
  names,
  inject,
}: Required<BundleRequest> & { readonly inject: string[] }): Promise<void> => {
  await build({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(names.map((name) => [`${name}/index`, `functions/${name}/handler.ts`])),
    inject,
    outdir: outdirectory,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    target: "node24",
    format: "esm",
    // Packages that offer both are smaller and better shaken as ES modules; esbuild's own default for Node is CommonJS first.
    mainFields: ["module", "main"],
    plugins: [oneLanguage],
    banner: { js: requireBanner },
    // Readable stack traces are worth more than a few hundred kilobytes.
    minify: false,
    sourcemap: "linked",
    sourcesContent: false,
    logLevel: "silent",
  });
};

/** CommonJS packages inside an ES module still call `require` for Node's own modules and look at `__dirname`. */
export const requireBanner = [
  'import { createRequire as bannerCreateRequire } from "node:module";',
  'import { dirname as bannerDirname } from "node:path";',
  "const require = bannerCreateRequire(import.meta.url);",
  "const __filename = import.meta.filename;",
  "const __dirname = bannerDirname(__filename);",
].join("\n");
