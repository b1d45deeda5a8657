import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** A directory of the running test's own; it is gone when the test has finished. */
export const directoryOfTest = async (): Promise<string> => {
  const path = await mkdtemp(join(tmpdir(), "mailferry-"));
  onTestFinished(() => rm(path, { recursive: true, force: true, maxRetries: 3 }));
  return path;
};
