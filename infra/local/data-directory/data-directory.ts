import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { lockDirectory } from "./lock.ts";

/** What the SDKs sign with. Minted once for a data directory; it opens nothing else. */
export interface LocalCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const identityFile = z.object({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  /** The port of the last boot: queue URLs that were stored somewhere stay right when it is free again. */
  port: z.int(),
  /** The same for the HTTP API, whose links were sent to people. */
  httpApiPort: z.int().default(0),
  createdAt: z.iso.datetime(),
});

export type DataDirectoryIdentity = z.output<typeof identityFile>;

/** Everything of one local cloud, readable by its owner only and used by one process at a time. */
export interface DataDirectory {
  readonly path: string;
  readonly identity: DataDirectoryIdentity;
  rememberPorts(ports: Pick<DataDirectoryIdentity, "port" | "httpApiPort">): Promise<void>;
  release(): void;
}

/** Opens or makes the directory. @throws {DataDirectoryInUse} */
export const openDataDirectory = async (path: string): Promise<DataDirectory> => {
  await mkdir(path, { recursive: true, mode: 0o700 });
  await chmod(path, 0o700);
  const lock = await lockDirectory(path);
  try {
    const identity = (await readIdentity(path)) ?? newIdentity();
    await writeWhole(join(path, fileName), JSON.stringify(identity));
    return {
      path,
      identity,
      rememberPorts: (ports) => writeWhole(join(path, fileName), JSON.stringify({ ...identity, ...ports })),
      release: () => lock.release(),
    };
  } catch (thrown) {
    lock.release();
    throw thrown;
  }
};

/** Replaces a file as a whole or not at all, whenever the process dies. */
export const writeWhole = async (path: string, text: string): Promise<void> => {
  const draft = `${path}.draft`;
  await writeFile(draft, text, { mode: 0o600 });
  await rename(draft, path);
};

const fileName = "cloud.json";

/** Access key ids of AWS have twenty characters and begin with AKIA; these cannot be taken for one of them. */
const newIdentity = (): DataDirectoryIdentity => ({
  accessKeyId: `LOCAL${randomBytes(8).toString("hex").toUpperCase()}`,
  secretAccessKey: randomBytes(30).toString("base64url"),
  port: 0,
  httpApiPort: 0,
  createdAt: new Date().toISOString(),
});

const readIdentity = async (path: string): Promise<DataDirectoryIdentity | undefined> => {
  try {
    return identityFile.parse(JSON.parse(await readFile(join(path, fileName), "utf8")));
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") {
      return undefined;
    }
    throw thrown;
  }
};
