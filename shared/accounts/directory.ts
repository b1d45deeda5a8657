import { z } from "zod";
import { MailferryError } from "../contract/errors.ts";
import { MemberId } from "../contract/ids.ts";

/** A person of the company's directory. */
export const Member = z.object({
  userid: MemberId,
  name: z.string().max(256),
  departments: z
    .array(z.union([z.string().max(256), z.number().transform(String)]))
    .max(100)
    .default([]),
  email: z.string().max(254).optional(),
  /** Further addresses of the member (WeCom: `biz_mail_alias`), which nobody else is to be given. */
  aliases: z.array(z.string().max(254)).max(100).optional(),
  mobile: z.string().max(64).optional(),
});
export type Member = z.infer<typeof Member>;

/** Every member, found by account name whatever its letter case. */
export interface Directory {
  readonly members: readonly Member[];
  find(memberId: string): Member | null;
}

/** A member's departments as they stand in one cell. */
export const departmentText = ({ departments }: Pick<Member, "departments">): string =>
  departments.join("; ").slice(0, 512);

/** Account names are compared so (WeCom: `userid` is not case-sensitive). */
export const sameMember = (memberId: string): string => memberId.toLowerCase();

/** A directory over members whose account names are all different. */
export const directoryOf = (members: readonly Member[]): Directory => {
  const byId = new Map(members.map((member) => [sameMember(member.userid), member]));
  return { members, find: (memberId) => byId.get(sameMember(memberId)) ?? null };
};

/**
 * Reads the directory file of the settings: a JSON array of members, what else it says of them is passed over.
 * `path` is for the message only.
 *
 * @throws DirectoryUnreadable
 */
export const parseDirectoryFile = (text: string, path: string): Directory => {
  const members = z.array(Member).max(membersAtMost).safeParse(parseJson(text, path));
  if (!members.success) {
    const [issue] = members.error.issues;
    throw unreadable(path, issue === undefined ? "?" : `${issue.path.join(".")}: ${issue.message}`);
  }
  const seen = new Set<string>();
  for (const { userid } of members.data) {
    if (seen.has(sameMember(userid))) throw unreadable(path, `${userid} stands in it twice`);
    seen.add(sameMember(userid));
  }
  return directoryOf(members.data);
};

/** Five times the largest company in view; it bounds what is held. */
const membersAtMost = 500_000;

const parseJson = (text: string, path: string): unknown => {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ""));
  } catch (cause) {
    throw unreadable(path, "it is not JSON", { cause });
  }
};

const unreadable = (path: string, reason: string, options?: ErrorOptions) =>
  new MailferryError("DirectoryUnreadable", { path, reason }, options);
