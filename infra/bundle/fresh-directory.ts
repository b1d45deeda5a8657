import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { buildDirectory } from "../repository.ts";

/** An empty directory of its own for one run, on the file system where the result will lie. */
export const freshDirectory = async (purpose: string): Promise<string> => {
  await mkdir(buildDirectory, { recursive: true });
  return mkdtemp(join(buildDirectory, `${purpose}-`));
};

/**
 * Puts a finished directory in the place of an older one. Never a mixture of both: whoever reads it sees the old one or the new
 * one, and of two processes that finish together the later one stays.
 */
export const putInPlace = async (finished: string, place: string): Promise<void> => {
  await mkdir(dirname(place), { recursive: true });
  for (let attempt = 1; ; attempt += 1) {
    await setAside(place);
    try {
      await rename(finished, place);
      return;
    } catch (error) {
      const code = systemError.safeParse(error).data?.code;
      const wasFaster = code === "ENOTEMPTY" || code === "EEXIST";
      if (!wasFaster || attempt === 5) throw error;
    }
  }
};

const setAside = async (place: string): Promise<void> => {
  const old = await freshDirectory("old");
  try {
    await rename(place, join(old, "was"));
  } catch (error) {
    if (systemError.safeParse(error).data?.code !== "ENOENT") throw error;
  } finally {
    await rm(old, { recursive: true, force: true });
  }
};

const systemError = z.object({ code: z.string() });
