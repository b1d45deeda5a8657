import { unpackCyrus } from "../../infra/local/demo/cyrus/unpack-cyrus.ts";
import { ensurePrograms } from "../../infra/local/demo/ensure-programs.ts";
import { cyrusDirectory } from "./cyrus/directory.ts";

/** Vitest's global set-up: the real servers are there before the first test that starts one. */
export async function setup(): Promise<void> {
  await ensurePrograms();
  await unpackCyrus(cyrusDirectory);
}
