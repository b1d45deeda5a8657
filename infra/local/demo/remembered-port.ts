import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { freePort } from "./dovecot/port.ts";

const Port = z.coerce.number().int().min(1).max(65_535);

/**
 * The port a server of this directory had before, or a free one, remembered from now on.
 * A started migration has the port in its settings: on another one it would find nobody.
 */
export async function rememberedPort(directory: string): Promise<number> {
  const file = join(directory, "port");
  const remembered = Port.safeParse(await readFile(file, "utf8").catch(() => undefined));
  if (remembered.success) return remembered.data;
  const port = await freePort();
  await mkdir(directory, { recursive: true });
  await writeFile(file, `${port}\n`);
  return port;
}
