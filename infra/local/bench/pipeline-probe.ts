import "../../../functions/runtime/uncompiled-schemas.ts";
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Migration } from "../../../shared/contract/migration.ts";
import { conduct } from "../cli/conduct.ts";
import { readPointedAt } from "../cli/hold-settings.ts";
import { readSettings } from "../cli/read-settings.ts";
import { withLocalPipeline } from "../cli/with-pipeline.ts";
import { peakMegabytes } from "./peak-memory.ts";

/**
 * A process of its own, as `npm run migrate` is one, so that its memory is the pipeline's alone: takes a migration from its sheet
 * to its report and prints what that took.
 */
const { values } = parseArgs({
  options: { settings: { type: "string" }, accounts: { type: "string" }, data: { type: "string" } },
});
const { settings, accounts, data } = values;
if (settings === undefined || accounts === undefined || data === undefined)
  throw new Error("--settings FILE, --accounts FILE and --data DIR are needed");

let megabytesBefore: number | undefined;
const progress = {
  say: () => undefined,
  show: ({ phase }: Migration) => {
    // The history of a small company is over before anybody looks.
    if (phase === "domain" || megabytesBefore !== undefined) return;
    megabytesBefore = process.memoryUsage.rss() / 1_000_000;
    // Puts the mark down to what is held now (proc(5), clear_refs).
    writeFileSync("/proc/self/clear_refs", "5");
  },
  end: () => undefined,
};

await withLocalPipeline(data, async (pipeline, cloud) => {
  const read = await readPointedAt(await readSettings(settings), settings);
  // The functions that are loaded ahead belong to the boot.
  await cloud.loaded;
  const before = cloud.metering.readings().dynamodbWrites;
  const started = performance.now();
  const order = { read, accountsFile: accounts, through: "history", awaitingMx: async () => {} } as const;
  const { document } = (await conduct(pipeline, order, progress)).report;
  const ended = performance.now();
  const run = {
    seconds: (ended - started) / 1_000,
    // Since the process began: what a change only moves into the boot is still in it.
    secondsWithBoot: ended / 1_000,
    copied: document.messages.copied,
    messages: document.messages.source,
    megabytesBefore: megabytesBefore ?? 0,
    megabytesAtMost: peakMegabytes(),
    writes: cloud.metering.readings().dynamodbWrites - before,
  };
  process.stdout.write(`${JSON.stringify(run)}\n`);
});
