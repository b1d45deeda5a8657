import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { parseServiceAccount } from "../../../functions/adapters/oauth/service-account.ts";
import { processEnvironment } from "../../../functions/runtime/environment.ts";
import { isMailferryError, MailferryError } from "../../../shared/contract/errors.ts";
import type { MigrationId } from "../../../shared/contract/ids.ts";
import { objectKeys } from "../../../shared/contract/objects.ts";
import type { HeldSecret, SecretReference } from "../../../shared/contract/secret-reference.ts";
import { HeldSettings, type MigrationSettings } from "../../../shared/contract/settings.ts";
import { authSecret } from "./auth-secret.ts";
import { terminalLanguage } from "./language.ts";
import { UnusableInput } from "./unusable-input.ts";

/** The settings with everything read that only this machine can read: secrets' values, files' contents. */
export interface ReadSettings {
  readonly settings: MigrationSettings;
  /** Master passwords and secrets of OAuth 2.0 by the side they open, and WeCom's; absent where the settings need none or name one by ARN. */
  readonly secrets: Readonly<Partial<Record<"source" | "target" | "directory", string>>>;
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
      problems.push(wordsOf(error));
      return undefined;
    });
  const secrets: { source?: string; target?: string; directory?: string } = {};
  const authorities: { source?: string; target?: string } = {};
  for (const side of sides) {
    const { auth, ca } = settings[side];
    const secret = authSecret(auth);
    if (secret !== null) {
      const { reference, key } = secret;
      const value = await attempt(() => readSecret(reference, `${side}.auth.${key}`, folder));
      if (value !== undefined) secrets[side] = value;
      if (value !== undefined && key === "serviceAccount" && parseServiceAccount(value) === null)
        problems.push(noServiceAccount(`${side}.auth.${key}`)[terminalLanguage()]);
    }
    if (ca !== undefined) {
      const pem = await attempt(() => readFile(resolve(folder, ca), "utf8"));
      if (pem !== undefined) authorities[side] = pem;
    }
  }
  const { directory } = settings;
  if (directory.kind === "wecom") {
    const value = await attempt(() => readSecret(directory.secret, "directory.secret", folder));
    if (value !== undefined) secrets.directory = value;
  }
  const members =
    directory.kind === "file" ? await attempt(() => readDirectory(resolve(folder, directory.path))) : null;
  if (problems.length > 0) throw new UnusableInput(problems);
  return { settings, secrets, authorities, directory: members ?? null };
};

const wordsOf = (error: unknown): string => {
  if (isMailferryError(error)) return error.in(terminalLanguage());
  return error instanceof Error ? error.message : String(error);
};

const noServiceAccount = (path: string) => ({
  en: `${path}: this is not the JSON key of a service account of Google Cloud`,
  zhCN: `${path}：不是 Google Cloud 服务账号的 JSON 密钥`,
});

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
    const needed = authSecret(auth);
    return {
      ...server,
      ...(authority === undefined ? {} : { ca: authority }),
      auth:
        secret === undefined || needed === null
          ? auth
          : needed.withHeld(await hold(`${migrationId}/${side}-${needed.heldAs}`, secret)),
    };
  };
  const [source, target, directory] = await Promise.all([
    held("source"),
    held("target"),
    heldDirectory(settings.directory, secrets.directory, migrationId, hold),
  ]);
  return HeldSettings.parse({ ...settings, migrationId, source, target, directory });
};

const heldDirectory = async (
  directory: MigrationSettings["directory"],
  secret: string | undefined,
  migrationId: MigrationId,
  hold: HoldSecret,
): Promise<MigrationSettings["directory"]> => {
  if (directory.kind === "file") return { kind: "file", path: objectKeys.directory(migrationId) };
  if (directory.kind === "sheet" || secret === undefined) return directory;
  return { ...directory, secret: await hold(`${migrationId}/wecom`, secret) };
};

/** A secret's value, or undefined where only the pipeline may read it. @throws SecretMissing */
export const readSecret = async (
  secret: SecretReference,
  path: string,
  folder: string,
): Promise<string | undefined> => {
  if (typeof secret === "string") return secret;
  if ("secretArn" in secret) return undefined;
  if ("env" in secret) {
    const value = processEnvironment()[secret.env];
    if (value) return value;
    throw new MailferryError("SecretMissing", { path, place: variable(secret.env)[terminalLanguage()] });
  }
  const text = await readFile(resolve(folder, secret.file), "utf8").catch((error: unknown) => {
    const place = fileNamed(secret.file)[terminalLanguage()];
    throw new MailferryError("SecretMissing", { path, place }, { cause: error });
  });
  return text.replace(/\r?\n$/, "");
};

const variable = (name: string) => ({ en: `the environment variable ${name}`, zhCN: `环境变量 ${name}` });

const fileNamed = (file: string) => ({ en: `the file ${file}`, zhCN: `文件 ${file}` });

export const readDirectory = async (file: string): Promise<Uint8Array> =>
  readFile(file).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MailferryError("DirectoryUnreadable", { path: file, reason }, { cause: error });
  });
