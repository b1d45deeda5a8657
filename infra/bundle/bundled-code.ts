import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Code } from "aws-cdk-lib/aws-lambda";
import type { FunctionCode } from "../constructs/mailferry-function.ts";
import { buildDirectory, repository } from "../repository.ts";
import { bundleFunctions } from "./bundle-functions.ts";
import { freshDirectory, putInPlace } from "./fresh-directory.ts";

/**
 * Bundles the functions, lets `use` synthesise with them, and leaves the bundles in `.build/functions` for people to look at.
 * The bundles lie in a directory of this run while they are used, so that two runs at once do not disturb each other.
 */
export const withBundledCode = async (use: (code: FunctionCode) => void): Promise<void> => {
  const outdirectory = await freshDirectory("functions");
  try {
    await bundleFunctions({ root: repository, outdirectory });
    use((name) => Code.fromAsset(join(outdirectory, name)));
    await putInPlace(outdirectory, join(buildDirectory, "functions"));
  } finally {
    await rm(outdirectory, { recursive: true, force: true });
  }
};
