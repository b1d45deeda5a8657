import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { withLocalPipeline } from "../cli/with-pipeline.ts";
import { bundledProbe } from "./bundled-probe.ts";
import { megabytes, seconds } from "./figures.ts";
import { writeImportWorkbook } from "./import-workbook.ts";

const Printed = z.object({
  seconds: z.number(),
  /** The whole process at its highest, 10^6 bytes. */
  peakMegabytes: z.number(),
  created: z.number(),
});

interface ImportTime extends z.infer<typeof Printed> {
  readonly kmsRequests: number;
  /** Units of a KB, as DynamoDB bills them; every item here is smaller. */
  readonly writes: number;
}

/**
 * The heap of a small function: young objects 48 MB in three parts, old ones 140 MB. Without a limit Node lets garbage lie as long as the
 * machine has memory, and the figure would say more about the machine than about the import.
 */
const smallHeap = ["--max-semi-space-size=16", "--max-old-space-size=140"];

/** Imports a workbook of so many members into a pipeline on this machine, in a process of its own. */
const timeImport = async (members: number): Promise<ImportTime> => {
  const directory = await mkdtemp(join(tmpdir(), "mailferry-bench-"));
  try {
    const workbook = join(directory, "accounts.xlsx");
    await writeImportWorkbook(workbook, members);
    const probe = await bundledProbe("import-probe");
    return await withLocalPipeline(join(directory, "data"), async ({ outputs }, cloud) => {
      await cloud.loaded;
      const before = cloud.metering.readings();
      const words = ["--workbook", workbook, "--table", outputs.TableName];
      const child = spawn(process.execPath, [...smallHeap, probe, ...words], {
        stdio: ["ignore", "pipe", "inherit"],
        env: {
          AWS_ENDPOINT_URL: cloud.endpoint,
          AWS_REGION: cloud.region,
          AWS_ACCESS_KEY_ID: cloud.credentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: cloud.credentials.secretAccessKey,
        },
      });
      const [printed, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
      if (code !== 0) throw new Error(`the import ended with ${String(code)}`);
      const after = cloud.metering.readings();
      return {
        ...Printed.parse(JSON.parse(printed)),
        kmsRequests: after.kmsRequests - before.kmsRequests,
        writes: after.dynamodbWrites - before.dynamodbWrites,
      };
    });
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  }
};

/** What the import of a large company takes. */
export const benchImport = async (print: (line: string) => void): Promise<void> => {
  const run = await timeImport(100_000);
  print(`import of ${run.created} rows                ${seconds(run.seconds)}   (to reach: 20 s)`);
  print(`  memory of its process at most         ${megabytes(run.peakMegabytes)}   (to reach: 300 MB)`);
  print(`  calls of KMS, items written           ${run.kmsRequests}, ${run.writes}`);
};
