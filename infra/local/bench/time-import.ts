import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { z } from "zod";
import { writeImportWorkbook } from "./import-workbook.ts";

const ImportTime = z.object({
  seconds: z.number(),
  /** The whole process at its highest, 10^6 bytes. */
  peakMegabytes: z.number(),
  created: z.number(),
  /** Calls of KMS, and items written to the table. */
  dataKeys: z.number(),
  writes: z.number(),
});

/**
 * The heap of a small function: young objects 24 MB in three parts, old ones 140 MB. Without a limit Node lets garbage lie as long as the
 * machine has memory, and the figure would say more about the machine than about the import.
 */
const smallHeap = ["--max-semi-space-size=8", "--max-old-space-size=140"];

/** Imports a workbook of so many members in a process of its own. */
const timeImport = async (members: number): Promise<z.infer<typeof ImportTime>> => {
  const directory = await mkdtemp(join(tmpdir(), "mailferry-bench-"));
  try {
    const file = join(directory, "accounts.xlsx");
    await writeImportWorkbook(file, members);
    const probe = join(import.meta.dirname, "import-probe.ts");
    const child = spawn(process.execPath, [...smallHeap, probe, file], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [printed, [code]] = await Promise.all([text(child.stdout), once(child, "exit")]);
    if (code !== 0) throw new Error(`the import ended with ${String(code)}`);
    return ImportTime.parse(JSON.parse(printed));
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  }
};

/** What the import of a large company takes, its table and KMS apart. */
export const benchImport = async (print: (line: string) => void): Promise<void> => {
  const run = await timeImport(100_000);
  print(
    `import of ${run.created} rows, table's time apart ${run.seconds.toFixed(2)} s   (to reach, table included: 20 s)`,
  );
  print(`  memory of the process at most         ${Math.round(run.peakMegabytes)} MB   (to reach: 300 MB)`);
  print(`  data keys, items written              ${run.dataKeys}, ${run.writes}`);
};
