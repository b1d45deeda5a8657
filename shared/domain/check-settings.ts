import { MigrationId } from "../contract/ids.ts";
import type { Migration } from "../contract/migration.ts";
import { HeldSettings, type MigrationSettings } from "../contract/settings.ts";
import { type AskingSettings, askingProblems } from "./asking-problems.ts";
import { parseDomain } from "./domain-name.ts";
import type { Sentences } from "./issue-sentences.ts";
import { providerNamed, providers } from "./provider.ts";
import { isLoopback } from "./server-address.ts";
import { problemAt, problemsOf, settingsUnusable } from "./settings-problems.ts";

/**
 * The settings an execution was started with, and the id of the migration they mean: their own, or the execution's name.
 * @throws SettingsUnusable naming every problem with its path
 */
export const checkSettings = (
  written: unknown,
  executionName: string,
): { readonly migrationId: MigrationId; readonly settings: HeldSettings } => {
  const settings = HeldSettings.safeParse(written);
  if (!settings.success)
    throw settingsUnusable(problemsOf({ schema: HeldSettings, written, error: settings.error }));
  const id = settings.data.migrationId ?? executionName;
  const migrationId = MigrationId.safeParse(id);
  const idProblems = migrationId.success
    ? []
    : problemsOf({ schema: MigrationId, written: id, error: migrationId.error, root: "migrationId" });
  refuseUnusable(settings.data, idProblems);
  if (!migrationId.success) throw settingsUnusable(idProblems);
  return { migrationId: migrationId.data, settings: settings.data };
};

/** Refuses settings that have the right shape but ask for what must not or cannot be done. @throws SettingsUnusable */
export const refuseUnusable = (
  settings: Pick<MigrationSettings, "source" | "target"> & AskingSettings,
  others: readonly Sentences[] = [],
): void => {
  const problems = [
    ...others,
    ...serverProblems("source", settings),
    ...serverProblems("target", settings),
    ...directoryProblems(settings),
    ...askingProblems(settings),
  ];
  if (problems.length > 0) throw settingsUnusable(problems);
};

/** A migration stays with its domain; another domain is another migration. @throws SettingsUnusable, DomainUnusable */
export const refuseOtherDomain = (migration: Migration, settings: HeldSettings): void => {
  if (parseDomain(settings.domain) === migration.domain) return;
  const { migrationId, domain } = migration;
  const other = {
    en: `${settings.domain} is not ${domain}, which migration ${migrationId} moves`,
    zhCN: `迁移 ${migrationId} 的域名是 ${domain}，而不是 ${settings.domain}`,
  };
  throw settingsUnusable([problemAt("domain", other)]);
};

const serverProblems = (
  side: "source" | "target",
  settings: Pick<MigrationSettings, "source" | "target">,
): readonly Sentences[] => {
  const { host, tls, insecure, profile, auth } = settings[side];
  const problems: Sentences[] = [];
  if (tls === "none" && !insecure && !isLoopback(host))
    problems.push(problemAt(`${side}.tls`, inClear(host)));
  if (profile !== undefined && providerNamed(profile) === null)
    problems.push(problemAt(`${side}.profile`, noProfile(profile)));
  if (auth.kind === "oauth2" && auth.tokenEndpoint !== undefined && !isPrivate(auth.tokenEndpoint))
    problems.push(problemAt(`${side}.auth.tokenEndpoint`, secretInClear));
  if (auth.kind === "master" && auth.style === "exchange" && auth.domain === undefined)
    problems.push(problemAt(`${side}.auth.domain`, needsNtDomain));
  return problems;
};

const directoryProblems = ({ directory }: Pick<MigrationSettings, "directory">): readonly Sentences[] =>
  directory.kind === "wecom" && !isPrivate(directory.baseUrl)
    ? [problemAt("directory.baseUrl", secretInClear)]
    : [];

const inClear = (host: string): Sentences => ({
  en: `"none" would send passwords and mail to ${host} in clear; use "implicit" or "starttls", or set "insecure": true`,
  zhCN: `"none" 会将密码和邮件以明文发送到 ${host}；请使用 "implicit" 或 "starttls"，或设置 "insecure": true`,
});

const noProfile = (profile: string): Sentences => {
  const known = providers.map(({ name }) => name);
  return {
    en: `there is no profile ${profile}; known are ${known.join(", ")}`,
    zhCN: `没有名为 ${profile} 的配置；可用的有 ${known.join("、")}`,
  };
};

const secretInClear: Sentences = {
  en: "the secret would go there in clear; use https",
  zhCN: "密钥会以明文发送到该地址；请使用 https",
};

const needsNtDomain: Sentences = {
  en: 'style "exchange" needs the NT domain',
  zhCN: 'style 为 "exchange" 时需要填写 NT 域',
};

/** Whether nobody on the way can read what is sent there. */
const isPrivate = (url: string): boolean => {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || isLoopback(hostname);
};
