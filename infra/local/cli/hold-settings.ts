import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { processEnvironment } from "../../../functions/runtime/environment.ts";
import { MailferryError } from "../../../shared/contract/errors.ts";
import type { MigrationId } from "../../../shared/contract/ids.ts";
import { objectKeys } from "../../../shared/contract/objects.ts";
import type { HeldSecret, SecretReference } from "../../../shared/contract/secret-reference.ts";
import { HeldSettings, type MigrationSettings } from "../../../shared/contract/settings.ts";
import { UnusableInput } from "./unusable-input.ts";

/** The settings with everything read that only this machine can read: secrets' values, files' contents. */
export interface ReadSettings {
  readonly settings: MigrationSettings;
  /** Master passwords by the side they open; absent where the settings need none or name one by ARN. */
  readonly secrets: Readonly<Partial<Record<"source" | "target", string>>>;
  readonly authorities: Readonly<Partial<Record<"source" | "target", string>>>;
  /** The members' directory file, unparsed. */
  readonly directory: Uint8Array | null;
}

/** Keeps a secret where functions can read it by ARN. */
export type HoldSecret = (name: string, value: string) => Promise<HeldSecret>;

const sides = ["source", "target"] as const;

/** Reads what the settings point at. @throws UnusableInput naming each secret or file that is missing */
export const readPointedAt = async (
  settings: MigrationSettings,
  settingsFile: string,
): Promise<ReadSettings> => {
  const folder = dirname(resolve(settingsFile));
  const problems: string[] = [];
  const attempt = async <T>(read: () => Promise<T>): Promise<T | undefined> =>
    read().catch((error: unknown) => {
      problems.push(error instanceof Error ? error.message : String(error));
      return undefined;
    });
  const secrets: { source?: string; target?: string } = {};
  const authorities: { source?: string; target?: string } = {};
  for (const side of sides) {
    const { auth, ca } = settings[side];
    if (auth.kind === "master") {
      const value = await attempt(() => readSecret(auth.password, `${side}.auth.password`, folder));
      if (value !== undefined) secrets[side] = value;
    }
    if (ca !== undefined) {
      const pem = await attempt(() => readFile(resolve(folder, ca), "utf8"));
      if (pem !== undefined) authorities[side] = pem;
    }
  }
  const { directory } = settings;
  const members =
    directory.kind === "file" ? await attempt(() => readDirectory(resolve(folder, directory.path))) : null;
  if (problems.length > 0) throw new UnusableInput(problems);
  return { settings, secrets, authorities, directory: members ?? null };
};

/** The same settings as the pipeline may see them: secrets by ARN, files by content or key. */
export const holdSettings = async (
  { settings, secrets, authorities }: ReadSettings,
  migrationId: MigrationId,
  hold: HoldSecret,
): Promise<HeldSettings> => {
  const held = async (side: "source" | "target") => {
    const { auth, ca: _file, ...server } = settings[side];
    const authority = authorities[side];
    const secret = secrets[side];
    const password = secret === undefined ? undefined : await hold(`${migrationId}/${side}-master`, secret);
    return {
      ...server,
      ...(authority === undefined ? {} : { ca: authority }),
      auth: password === undefined ? auth : { ...auth, password },
    };
  };
  return HeldSettings.parse({
    ...settings,
    migrationId,
    source: await held("source"),
    target: await held("target"),
    directory:
      settings.directory.kind === "file"
        ? { kind: "file", path: objectKeys.directory(migrationId) }
        : settings.directory,
  });
};

const readSecret = async (
  secret: SecretReference,
  path: string,
  folder: string,
): Promise<string | undefined> => {
  if (typeof secret === "string") return secret;
  if ("secretArn" in secret) return undefined;
  if ("env" in secret) {
    const value = processEnvironment()[secret.env];
    if (value) return value;
    throw new MailferryError("SecretMissing", { path, place: `the environment variable ${secret.env}` });
  }
  const text = await readFile(resolve(folder, secret.file), "utf8").catch((error: unknown) => {
    throw new MailferryError("SecretMissing", { path, place: `the file ${secret.file}` }, { cause: error });
  });
  return text.replace(/\r?\n$/, "");
};

const readDirectory = async (file: string): Promise<Uint8Array> =>
  readFile(file).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MailferryError("DirectoryUnreadable", { path: file, reason }, { cause: error });
  });
