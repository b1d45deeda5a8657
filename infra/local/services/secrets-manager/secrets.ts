import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { inOneCommit, openDatabase } from "../database.ts";
import { seal, unseal } from "../sealing.ts";
import { readSecretFile, writeSecretFile } from "../secret-file.ts";

/** The value of one version; exactly one of the two is there. */
export const secretValue = z.object({ text: z.string().optional(), binary: z.base64().optional() });
export type SecretValue = z.output<typeof secretValue>;

const secretRow = z.object({
  arn: z.string(),
  name: z.string(),
  description: z.string(),
  created_at: z.number(),
  changed_at: z.number(),
});
export type Secret = z.output<typeof secretRow>;

const versionRow = z.object({
  id: z.string(),
  stage: z.enum(["AWSCURRENT", "AWSPREVIOUS"]).nullable(),
  created_at: z.number(),
  sealed: z.instanceof(Uint8Array),
});
export interface Version extends Omit<z.output<typeof versionRow>, "sealed"> {
  readonly value: SecretValue;
}

/** Secrets and their versions; values are sealed with a key that lies in a file of its own. */
export interface Secrets {
  /** Makes a secret and, if there is a value, its first version: both or neither. */
  add(secret: Secret, versionId: string, value: SecretValue | undefined): void;
  /** By name, by whole ARN, or by an ARN without its six random characters. */
  find(reference: string): Secret | undefined;
  list(): readonly Secret[];
  versions(arn: string): readonly Version[];
  /** Makes a version the current one; the one before it becomes the previous. */
  put(arn: string, versionId: string, value: SecretValue, at: number): void;
  remove(arn: string): void;
  close(): void;
}

export const openSecrets = (dataDir: string): Secrets => {
  const database = openDatabase(dataDir, "secrets.sqlite", schema);
  const key = keyOf(join(dataDir, "key"));
  const rows = (sql: string, ...values: string[]) => database.prepare(sql).all(...values);
  return {
    add: (secret, versionId, value) =>
      inOneCommit(database, () => {
        const { arn, name, description, created_at, changed_at } = secret;
        database
          .prepare("INSERT INTO secrets VALUES (?, ?, ?, ?, ?)")
          .run(arn, name, description, created_at, changed_at);
        if (value !== undefined) {
          putVersion(database, arn, versionId, sealValue(key, value, arn), created_at);
        }
      }),
    find: (reference) =>
      rows(
        "SELECT * FROM secrets WHERE name = ?1 OR arn = ?1 OR substr(arn, 1, length(arn) - 7) = ?1",
        reference,
      )
        .map((row) => secretRow.parse(row))
        .at(0),
    list: () => rows("SELECT * FROM secrets ORDER BY name").map((row) => secretRow.parse(row)),
    versions: (arn) =>
      rows("SELECT * FROM versions WHERE secret_arn = ? ORDER BY rowid DESC", arn).map((row) => {
        const { sealed, ...version } = versionRow.parse(row);
        return { ...version, value: open(key, Buffer.from(sealed), arn) };
      }),
    put: (arn, versionId, value, at) =>
      inOneCommit(database, () => putVersion(database, arn, versionId, sealValue(key, value, arn), at)),
    remove: (arn) => void database.prepare("DELETE FROM secrets WHERE arn = ?").run(arn),
    close: () => database.close(),
  };
};

const putVersion = (database: DatabaseSync, arn: string, id: string, sealed: Buffer, at: number): void => {
  const stage = database.prepare("UPDATE versions SET stage = ? WHERE secret_arn = ? AND stage = ?");
  stage.run(null, arn, "AWSPREVIOUS");
  stage.run("AWSPREVIOUS", arn, "AWSCURRENT");
  database.prepare("INSERT INTO versions VALUES (?, ?, 'AWSCURRENT', ?, ?)").run(arn, id, at, sealed);
  // As on AWS, a version without a stage is deprecated; nothing here can ask for it, so it does not stay.
  database.prepare("DELETE FROM versions WHERE secret_arn = ? AND stage IS NULL").run(arn);
  database.prepare("UPDATE secrets SET changed_at = ? WHERE arn = ?").run(at, arn);
};

const sealValue = (key: Buffer, value: SecretValue, arn: string): Buffer =>
  seal(key, Buffer.from(JSON.stringify(value), "utf8"), Buffer.from(arn, "utf8"));

const open = (key: Buffer, sealed: Buffer, arn: string): SecretValue => {
  const opened = unseal(key, sealed, Buffer.from(arn, "utf8"));
  if (opened === undefined) throw new Error(`The key file does not open the value of ${arn}.`);
  return secretValue.parse(JSON.parse(opened.toString("utf8")));
};

const keyOf = (path: string): Buffer => {
  const stored = readSecretFile(path);
  if (stored !== undefined) return Buffer.from(stored, "base64");
  const key = randomBytes(32);
  writeSecretFile(path, key.toString("base64"));
  return key;
};

const schema = `
CREATE TABLE IF NOT EXISTS secrets (
  arn TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, description TEXT NOT NULL,
  created_at INTEGER NOT NULL, changed_at INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS versions (
  secret_arn TEXT NOT NULL REFERENCES secrets ON DELETE CASCADE, id TEXT NOT NULL, stage TEXT,
  created_at INTEGER NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (secret_arn, id)
) STRICT;
PRAGMA secure_delete = ON;
`;
