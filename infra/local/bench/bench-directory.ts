import { mkdtemp, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const memory = "/dev/shm";
/** 50,000 messages twice, and what lies beside them. */
const room = 4_000_000_000;

/**
 * Where the servers' mail lies: in memory where there is room. A disk's writing back, which no tool has a hand in, would otherwise
 * be most of what is measured, and differently in every run.
 */
export const benchDirectory = async (): Promise<string> =>
  mkdtemp(join((await hasRoom()) ? memory : tmpdir(), "mailferry-bench-"));

const hasRoom = async (): Promise<boolean> => {
  try {
    const { bavail, bsize } = await statfs(memory);
    return bavail * bsize > room;
  } catch {
    return false;
  }
};
