import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { buildDirectory } from "../../repository.ts";
import { contentNameOf, copyAssembly } from "./copy-assembly.ts";
import { claimDirectory, useDirectory } from "./usage.ts";

/** An assembly that stays as it is until it is disposed of. */
export interface HeldAssembly extends Disposable {
  readonly directory: string;
}

/** Making an assembly anew takes seconds: that this happens so often in a row while one is copied is no coincidence. */
const attempts = 10;

/**
 * Holds what a local cloud runs from. `cdk.out` is replaced as a whole whenever a command finds that the sources have changed, and a
 * cloud that was running would lose the code of every function it has to load after that. So each assembly is kept under a name made
 * from its contents: its code as hard links, which cost milliseconds and no room, and at the same path for every cloud, by which V8
 * finds what it has compiled of it. When a new one comes, those that nobody uses are removed.
 *
 * @param synthesise brings the assembly up to date and gives its directory
 */
export const holdAssembly = async (
  synthesise: () => Promise<string>,
  place = join(buildDirectory, "assemblies"),
): Promise<HeldAssembly> => {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const held = await unlessReplaced(hold(await synthesise(), place));
    if (held !== null) return held;
  }
  throw new Error(`The assembly was made anew ${attempts} times in a row while it was to be used.`);
};

const hold = async (assembly: string, place: string): Promise<HeldAssembly | null> => {
  const directory = join(place, await contentNameOf(assembly));
  const usage = useDirectory(directory);
  return usage === null ? make(assembly, directory) : held(directory, usage);
};

/** In a directory of its own that is used from the first moment, so that nobody removes it, and renamed when it is complete. */
const make = async (assembly: string, directory: string): Promise<HeldAssembly | null> => {
  const place = join(directory, "..");
  await mkdir(place, { recursive: true });
  const draft = await mkdtemp(join(place, "draft-"));
  const usage = useDirectory(draft);
  if (usage === null) return null;
  try {
    const { ino } = await stat(assembly);
    await copyAssembly(assembly, draft);
    const isWhole =
      (await stat(assembly)).ino === ino && (await contentNameOf(draft)) === basename(directory);
    if (isWhole) {
      await rename(draft, directory);
      await removeUnused(place);
      return held(directory, usage);
    }
  } catch (thrown) {
    await discard(draft, usage);
    throw thrown;
  }
  await discard(draft, usage);
  return null;
};

const held = (directory: string, usage: Disposable): HeldAssembly => ({
  directory,
  [Symbol.dispose]: () => usage[Symbol.dispose](),
});

const discard = async (draft: string, usage: Disposable): Promise<void> => {
  usage[Symbol.dispose]();
  await rm(draft, { recursive: true, force: true });
};

/** What processes used or were making that have ended. Put away first: nobody finds half an assembly under its name. */
const removeUnused = async (place: string): Promise<void> => {
  for (const name of await readdir(place)) {
    try {
      using claim = claimDirectory(join(place, name));
      if (claim === null) continue;
      const gone = join(place, `gone-${randomUUID()}`);
      await rename(join(place, name), gone);
      await rm(gone, { recursive: true, force: true });
    } catch {
      // It is in nobody's way; whoever makes the next assembly tries again.
    }
  }
};

/** Null when the assembly was replaced, or somebody was faster to make the same one. */
const unlessReplaced = async (holding: Promise<HeldAssembly | null>): Promise<HeldAssembly | null> => {
  try {
    return await holding;
  } catch (thrown) {
    const code = systemError.safeParse(thrown).data?.code;
    if (code === "ENOENT" || code === "ENOTEMPTY" || code === "EEXIST") return null;
    throw thrown;
  }
};

const systemError = z.object({ code: z.string() });
