import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** An empty directory of the running test's own, gone when the test has finished. */
export const temporaryDirectory = async (): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), "mailferry-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
};
