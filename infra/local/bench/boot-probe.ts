import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { synthesise } from "../../synth.ts";
import { holdAssembly } from "../assembly/hold-assembly.ts";
import { bootLocalCloud } from "../cloud.ts";

/** A process of its own, so that its memory is the local cloud's alone: boots, waits until it idles, and prints what it took. */
const { values } = parseArgs({ options: { data: { type: "string" } } });
if (values.data === undefined) throw new Error("--data DIR is needed");
const started = performance.now();
const directory = await synthesise();
const synthesised = performance.now();
using assembly = await holdAssembly(async () => directory);
const cloud = await bootLocalCloud({ assembly: assembly.directory, dataDir: values.data });
const ready = performance.now();
await pause(idleAfter());
process.stdout.write(
  `${JSON.stringify({
    synthSeconds: (synthesised - started) / 1_000,
    bootSeconds: (ready - synthesised) / 1_000,
    idleMegabytes: process.memoryUsage().rss / 1_000_000,
  })}\n`,
);
await cloud.stop();

/** Milliseconds until what the boot left over has been collected. */
function idleAfter(): number {
  return 3_000;
}
