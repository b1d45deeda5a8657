import { resolve } from "node:path";
import { synthesise } from "../../synth.ts";
import { holdAssembly } from "../assembly/hold-assembly.ts";
import { bootLocalCloud, type LocalCloud } from "../cloud.ts";
import { attach, type Pipeline } from "./pipeline.ts";

/** One machine has nobody to pay for a tick: it looks after what is due this often instead of every minute. */
export const tickEverySeconds = 1;

/** The functions a migration goes through, in the order in which it needs them: each is loaded by the time it is. */
export const functionsOnTheWay: readonly string[] = [
  "mailferry-verify-domain",
  "mailferry-open-phase",
  "mailferry-import-accounts",
  "mailferry-mailbox-worker",
  "mailferry-tick",
  "mailferry-write-report",
  // Three mailboxes are copied at once on two cores.
  "mailferry-mailbox-worker",
  "mailferry-mailbox-worker",
  // One that is run again begins with this one; a first run needs it for nothing.
  "mailferry-operator-command",
];

/** Boots the pipeline on this machine for as long as `use` runs, and stops it whatever happens. */
export const withLocalPipeline = async <T>(
  dataDir: string,
  use: (pipeline: Pipeline, cloud: LocalCloud) => Promise<T>,
): Promise<T> => {
  // Released when everything that may load a function has stopped.
  using assembly = await holdAssembly(synthesise);
  const cloud = await bootLocalCloud({
    assembly: assembly.directory,
    dataDir: resolve(dataDir),
    scheduleEverySeconds: tickEverySeconds,
    loadAhead: functionsOnTheWay,
  });
  const { endpoint, region, credentials, watchedItems } = cloud;
  try {
    const pipeline = await attach({ endpoint, region, credentials }, (item, written) =>
      watchedItems.watch(item, written),
    );
    return await use(pipeline, cloud);
  } finally {
    await cloud.stop();
  }
};
