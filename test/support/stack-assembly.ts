import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Json, TemplateDocument } from "../../infra/local/template/document.ts";

/** A stack for a test: resources as they stand in a template, and the code of its functions by asset name. */
export interface FixtureStack {
  readonly resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: Json }>>;
  readonly outputs?: Readonly<Record<string, { readonly Value: Json }>>;
  /** `index.mjs` by asset name; a function names its asset with {@link assetCode}. */
  readonly code?: Readonly<Record<string, string>>;
}

/** The `Code` property of a function whose code is `code[asset]`, as CDK writes it. */
export const assetCode = (asset: string) => ({
  S3Bucket: { "Fn::Sub": `cdk-hnb659fds-assets-\${AWS::AccountId}-\${AWS::Region}` },
  S3Key: `${asset}.zip`,
});

/** Writes a cloud assembly as `cdk synth` does and gives its directory. */
export const writeAssembly = async (directory: string, stack: FixtureStack): Promise<string> => {
  const assembly = join(directory, "cdk.out");
  const files: Record<string, Json> = {};
  for (const [asset, source] of Object.entries(stack.code ?? {})) {
    await mkdir(join(assembly, `asset.${asset}`), { recursive: true });
    await writeFile(join(assembly, `asset.${asset}`, "index.mjs"), source);
    files[asset] = {
      source: { path: `asset.${asset}`, packaging: "zip" },
      destinations: { current: { bucketName: "assets", objectKey: `${asset}.zip` } },
    };
  }
  await mkdir(assembly, { recursive: true });
  const template = { Resources: stack.resources, Outputs: stack.outputs ?? {} };
  await writeFile(join(assembly, "Fixture.template.json"), JSON.stringify(template));
  await writeFile(join(assembly, "Fixture.assets.json"), JSON.stringify({ version: "36.0.0", files }));
  return assembly;
};

/** A parsed template with these sections and nothing else. */
export const templateWith = (sections: Partial<TemplateDocument>): TemplateDocument => ({
  Parameters: {},
  Mappings: {},
  Conditions: {},
  Resources: {},
  Outputs: {},
  ...sections,
});
