import { join } from "node:path";

/** Where things lie, wherever the command was given. */
export const repository = join(import.meta.dirname, "..");

/** What is made and may be thrown away. */
export const buildDirectory = join(repository, ".build");

/** The cloud assembly, as CDK calls it: template, asset manifest, assets. */
export const assemblyDirectory = join(repository, "cdk.out");
