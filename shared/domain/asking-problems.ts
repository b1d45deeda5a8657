import type { MigrationSettings } from "../contract/settings.ts";

/** The settings that decide whether and how members are asked for passwords. */
export type AskingSettings = Pick<MigrationSettings, "members" | "notices" | "directory" | "source">;

/** What stands in the way of asking the members, each with its path; nothing when they are not to be asked. */
export const askingProblems = ({
  members,
  notices,
  directory,
  source,
}: AskingSettings): readonly string[] => {
  if (!members.ask) return [];
  const problems: string[] = [];
  if (source.auth.kind !== "password") {
    problems.push(
      `members.ask: source.auth "${source.auth.kind}" opens every mailbox without its member's password; leave members.ask out, or use source.auth "password"`,
    );
  }
  const hasCards = directory.kind === "wecom" && directory.agentId !== undefined;
  if (notices.from === undefined && !hasCards) {
    problems.push(
      'members.ask: there is no way to reach members; set notices.from (mail), or directory "wecom" with an agentId (cards)',
    );
  }
  return problems;
};
