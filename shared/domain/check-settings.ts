import type { z } from "zod";
import { MailferryError } from "../contract/errors.ts";
import { MigrationId } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import { HeldSettings, type MigrationSettings } from "../contract/settings.ts";
import { type AskingSettings, askingProblems } from "./asking-problems.ts";
import { parseDomain } from "./domain-name.ts";
import { providerNamed, providers } from "./provider.ts";
import { isLoopback } from "./server-address.ts";

/**
 * The settings an execution was started with, and the id of the migration they mean: their own, or the execution's name.
 * @throws SettingsUnusable naming every problem with its path
 */
export const checkSettings = (
  written: unknown,
  executionName: string,
): { readonly migrationId: MigrationId; readonly settings: HeldSettings } => {
  const settings = HeldSettings.safeParse(written);
  if (!settings.success) throw unusable(problemsOf(settings.error));
  const migrationId = MigrationId.safeParse(settings.data.migrationId ?? executionName);
  refuseUnusable(settings.data, migrationId.success ? [] : problemsOf(migrationId.error, "migrationId"));
  if (!migrationId.success) throw unusable(problemsOf(migrationId.error, "migrationId"));
  return { migrationId: migrationId.data, settings: settings.data };
};

/** Refuses settings that have the right shape but ask for what must not or cannot be done. @throws SettingsUnusable */
export const refuseUnusable = (
  settings: Pick<MigrationSettings, "source" | "target"> & AskingSettings,
  others: readonly string[] = [],
): void => {
  const problems = [
    ...others,
    ...serverProblems("source", settings),
    ...serverProblems("target", settings),
    ...directoryProblems(settings),
    ...askingProblems(settings),
  ];
  if (problems.length > 0) throw unusable(problems);
};

/** A migration stays with its domain; another domain is another migration. @throws SettingsUnusable, DomainUnusable */
export const refuseOtherDomain = (migration: Migration, settings: HeldSettings): void => {
  if (parseDomain(settings.domain) === migration.domain) return;
  const { migrationId, domain } = migration;
  throw unusable([`domain: ${settings.domain} is not ${domain}, which migration ${migrationId} moves`]);
};

/** What a schema found wrong, each with the path to it, unknown keys one by one. */
export const problemsOf = (error: z.ZodError, root = ""): readonly string[] =>
  error.issues.flatMap((issue) => {
    const path = [...(root === "" ? [] : [root]), ...issue.path.map(String)];
    return issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => `${[...path, key].join(".")}: unknown key`)
      : [`${path.join(".") || "settings"}: ${issue.message}`];
  });

const serverProblems = (
  side: "source" | "target",
  settings: Pick<MigrationSettings, "source" | "target">,
): readonly string[] => {
  const { host, tls, insecure, profile, auth } = settings[side];
  const problems: string[] = [];
  if (tls === "none" && !insecure && !isLoopback(host)) {
    problems.push(
      `${side}.tls: "none" would send passwords and mail to ${host} in clear; use "implicit" or "starttls", or set "insecure": true`,
    );
  }
  if (profile !== undefined && providerNamed(profile) === null) {
    const known = providers.map(({ name }) => name).join(", ");
    problems.push(`${side}.profile: there is no profile ${profile}; known are ${known}`);
  }
  if (auth.kind === "oauth2" && auth.tokenEndpoint !== undefined && !isPrivate(auth.tokenEndpoint)) {
    problems.push(`${side}.auth.tokenEndpoint: the secret would go there in clear; use https`);
  }
  if (auth.kind === "master" && auth.style === "exchange" && auth.domain === undefined) {
    problems.push(`${side}.auth.domain: style "exchange" needs the NT domain`);
  }
  return problems;
};

const directoryProblems = ({ directory }: Pick<MigrationSettings, "directory">): readonly string[] =>
  directory.kind === "wecom" && !isPrivate(directory.baseUrl)
    ? ["directory.baseUrl: the secret would go there in clear; use https"]
    : [];

/** Whether nobody on the way can read what is sent there. */
const isPrivate = (url: string): boolean => {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || isLoopback(hostname);
};

const unusable = (problems: readonly string[]): MailferryError<"SettingsUnusable"> =>
  new MailferryError("SettingsUnusable", { problems: problems.join("; ") });
