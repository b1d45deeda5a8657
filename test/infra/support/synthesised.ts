import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { App } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import { afterAll } from "vitest";
import { z } from "zod";
import { readAssembly } from "../../../infra/local/template/assembly.ts";
import type { TemplateDocument } from "../../../infra/local/template/document.ts";
import { type LoadedStack, loadStack } from "../../../infra/local/template/load.ts";
import { mailferryApp } from "../../../infra/mailferry-app.ts";

/** The app with a stub for every function's code, so that no test of the template waits for esbuild. */
export const stubbedApp = async (settings?: object, outdir?: string): Promise<App> => {
  const { context } = CdkJson.parse(
    JSON.parse(await readFile(join(import.meta.dirname, "../../../cdk.json"), "utf8")),
  );
  return mailferryApp(() => Code.fromAsset(join(import.meta.dirname, "stub-function")), {
    context: settings === undefined ? context : { ...context, mailferry: settings },
    ...(outdir === undefined ? {} : { outdir }),
  });
};

export interface Synthesised {
  /** As CloudFormation gets it, intrinsics and all. */
  readonly template: TemplateDocument;
  /** As one machine has it: every reference is a name, ARN or URL. */
  readonly loaded: LoadedStack;
}

/** The stack, synthesised with stubs; for the whole test file, with the given deploy settings instead of cdk.json's. */
export const synthesised = async (settings?: object): Promise<Synthesised> => {
  const outdir = await mkdtemp(join(tmpdir(), "mailferry-synth-"));
  afterAll(() => rm(outdir, { recursive: true, force: true }));
  const app = await stubbedApp(settings, outdir);
  app.synth();
  const assembly = await readAssembly(outdir);
  const environment = {
    stackName: assembly.stackName,
    region: "eu-central-1",
    endpoint: "http://127.0.0.1:4566",
    httpApiEndpoint: "http://127.0.0.1:4567",
  };
  return { template: assembly.template, loaded: loadStack(assembly, environment) };
};

/** Logical id and properties of every resource of a type. */
export const resourcesOf = (template: TemplateDocument, type: string) =>
  Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, { Properties }]) => ({ id, properties: Properties }));

const CdkJson = z.object({ context: z.record(z.string(), z.json()) });
