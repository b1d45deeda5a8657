import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";

/**
 * Writes what nobody else on this machine may read: mode 0600 from its first byte, and whole or not at all, because half
 * a key file would make everything sealed with it unreadable.
 */
export const writeSecretFile = (path: string, content: string): void => {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  writeFileSync(draft, content, { mode: 0o600, flag: "wx", flush: true });
  renameSync(draft, path);
};

/** The file's content, or undefined when there is none. Any other failure is thrown: unreadable is not absent. */
export const readSecretFile = (path: string): string | undefined => {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    if (z.object({ code: z.literal("ENOENT") }).safeParse(thrown).success) return undefined;
    throw thrown;
  }
};
