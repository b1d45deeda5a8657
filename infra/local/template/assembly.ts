import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { type TemplateDocument, templateDocument } from "./document.ts";
import { pathOf, TemplateUnsupported } from "./problems.ts";

/** One stack of a cloud assembly (`cdk.out`) as it lies on disk. */
export interface StackAssembly {
  readonly stackName: string;
  readonly template: TemplateDocument;
  /** The directory of a code asset by the object key the template names; undefined when the manifest has no such directory. */
  readonly codeDirectory: (objectKey: string) => string | undefined;
}

/** There is no usable stack in the given directory. */
export class AssemblyUnreadable extends Error {
  override readonly name = "AssemblyUnreadable";
}

const suffix = ".template.json";

/**
 * Reads the template of the only stack (or of `stackName`) and its asset manifest, which CDK's cloud-assembly schema
 * describes. @throws {AssemblyUnreadable} @throws {TemplateUnsupported}
 */
export const readAssembly = async (directory: string, stackName?: string): Promise<StackAssembly> => {
  const names = (await list(directory))
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length));
  const candidates = stackName === undefined ? names : names.filter((name) => name === stackName);
  const [name, ...others] = candidates;
  if (name === undefined || others.length > 0) {
    throw new AssemblyUnreadable(
      `Expected one stack${stackName === undefined ? "" : ` named ${stackName}`} in the assembly, found ${names.join(", ") || "none"}. Run "npm run synth" first, or name the stack.`,
    );
  }
  const parsed = templateDocument.safeParse(await readJson(join(directory, `${name}${suffix}`)));
  if (!parsed.success) {
    throw new TemplateUnsupported(
      name,
      parsed.error.issues.map((issue) => ({ path: pathOf("", issue.path), reason: issue.message })),
    );
  }
  const directories = await assetDirectories(directory, name);
  return { stackName: name, template: parsed.data, codeDirectory: (key) => directories.get(key) };
};

const assetManifest = z.object({
  files: z
    .record(
      z.string(),
      z.object({
        source: z.object({ path: z.string().optional(), packaging: z.string().optional() }),
        destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
      }),
    )
    .default({}),
});

const assetDirectories = async (directory: string, stackName: string): Promise<Map<string, string>> => {
  const manifest = assetManifest.parse(await readJson(join(directory, `${stackName}.assets.json`)));
  const found = new Map<string, string>();
  for (const { source, destinations } of Object.values(manifest.files)) {
    if (source.packaging !== "zip" || source.path === undefined) {
      continue;
    }
    for (const { objectKey } of Object.values(destinations)) {
      found.set(objectKey, join(directory, source.path));
    }
  }
  return found;
};

const list = async (directory: string): Promise<string[]> => {
  try {
    return await readdir(directory);
  } catch (cause) {
    throw new AssemblyUnreadable(`The assembly ${directory} cannot be read. Run "npm run synth" first.`, {
      cause,
    });
  }
};

const readJson = async (path: string): Promise<unknown> => {
  try {
    const parsed: unknown = JSON.parse(await readFile(path, "utf8"));
    return parsed;
  } catch (cause) {
    throw new AssemblyUnreadable(`${path} cannot be read as JSON. Run "npm run synth" again.`, { cause });
  }
};
