import { glob, mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { buildDirectory } from "../repository.ts";

/** An empty directory of its own for one run, on the file system where the result will lie. What killed runs left goes. */
export const freshDirectory = async (purpose: string): Promise<string> => {
  await mkdir(buildDirectory, { recursive: true });
  await removeLeft(purpose);
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

/** No run takes anywhere near so long. */
const anHour = 3_600_000;

const removeLeft = async (purpose: string): Promise<void> => {
  for await (const name of glob(`${purpose}-*`, { cwd: buildDirectory })) {
    const path = join(buildDirectory, name);
    const found = await stat(path).catch(() => null);
    if (found !== null && Date.now() - found.mtimeMs > anHour)
      await rm(path, { recursive: true, force: true });
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
