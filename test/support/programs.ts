import { ensurePrograms } from "../../infra/local/demo/ensure-programs.ts";

/** Vitest's global set-up: the real servers are there before the first test that starts one. */
export async function setup(): Promise<void> {
  await ensurePrograms();
}
