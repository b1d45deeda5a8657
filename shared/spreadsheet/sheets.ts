import { foldLabel } from "./fold.ts";

/** What a sheet of the accounts workbook is for. */
export type SheetKind = "members" | "publicMailboxes" | "directory";

/** The sheets' names in the template; the first word for them in every message. */
export const sheetNames = {
  members: "成员邮箱名单",
  publicMailboxes: "公共邮箱名单",
  directory: "【参考】企业微信通讯录",
} as const satisfies Record<SheetKind, string>;

const aliases: Readonly<Record<SheetKind, readonly string[]>> = {
  members: [
    sheetNames.members,
    "成员邮箱",
    "Members",
    "Member mailboxes",
    "Member list",
    "Mailboxes",
    "Accounts",
    "Users",
  ],
  publicMailboxes: [
    sheetNames.publicMailboxes,
    "公共邮箱",
    "Public mailboxes",
    "Public",
    "Shared mailboxes",
    "Public mailbox list",
  ],
  directory: [
    sheetNames.directory,
    "企业微信通讯录",
    "通讯录",
    "Directory",
    "[Reference] Directory",
    "[Reference] WeCom directory",
    "WeCom directory",
    "Reference",
    "Contacts",
  ],
};

const kinds: readonly SheetKind[] = ["members", "publicMailboxes", "directory"];

const kindByName: ReadonlyMap<string, SheetKind> = new Map(
  kinds.flatMap((kind) => aliases[kind].map((alias): [string, SheetKind] => [foldLabel(alias), kind])),
);

/** What the sheet of this name is for; null for a sheet that is none of ours and is left alone. */
export const sheetKind = (name: string): SheetKind | null => kindByName.get(foldLabel(name)) ?? null;
