import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { z } from "zod";
import { ServiceError } from "../json-protocol.ts";
import { readSecretFile, writeSecretFile } from "../secret-file.ts";

const keyShape = z.object({
  keyId: z.string(),
  arn: z.string(),
  /** 32 bytes in base64; it never leaves the file and this process. */
  material: z.string(),
  createdAt: z.number(),
});
export type Key = z.output<typeof keyShape>;

/** The keys of the template and their aliases, kept in one file of mode 0600. */
export interface Keys {
  /** Makes a key; the same id again keeps its material, or what it sealed would be lost. */
  create(keyId: string, arn: string, now: number): void;
  alias(aliasName: string, targetKeyId: string): void;
  /**
   * The key that an id, an ARN, an alias or an alias' ARN stands for.
   * @throws ServiceError `NotFoundException`.
   */
  find(reference: string): Key;
}

export const openKeys = (dataDir: string): Keys => {
  const path = join(dataDir, "keys.json");
  const stored = readSecretFile(path);
  const keys = new Map(
    stored === undefined ? [] : keyFile.parse(JSON.parse(stored)).map((key) => [key.keyId, key]),
  );
  const aliases = new Map<string, string>();
  const resolve = (reference: string): string => {
    const name = reference.startsWith("arn:") ? reference.slice(reference.lastIndexOf(":") + 1) : reference;
    return name.startsWith("alias/") ? (aliases.get(name) ?? name) : name.replace(/^key\//, "");
  };
  const find = (reference: string): Key => {
    const key = keys.get(resolve(reference));
    if (key === undefined) throw new ServiceError("NotFoundException", `Key '${reference}' does not exist`);
    return key;
  };
  return {
    find,
    create: (keyId, arn, now) => {
      if (keys.has(keyId)) return;
      keys.set(keyId, { keyId, arn, material: randomBytes(32).toString("base64"), createdAt: now });
      writeSecretFile(path, JSON.stringify([...keys.values()]));
    },
    alias: (aliasName, targetKeyId) => void aliases.set(aliasName, find(targetKeyId).keyId),
  };
};

const keyFile = z.array(keyShape);
