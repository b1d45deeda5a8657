import { withBundledCode } from "./bundle/bundled-code.ts";
import { mailferryApp } from "./mailferry-app.ts";

// What the CDK command line runs (cdk.json). It says through its own environment where the assembly goes and what the context is.
await withBundledCode((code) => mailferryApp(code).synth());
