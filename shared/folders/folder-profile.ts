import type { HeldSettings } from "../contract/settings.ts";
import { providerAt } from "../domain/provider.ts";
import type { ListedFolder, MailSession, Side } from "../ports/mail-server.ts";
import type { FolderRole } from "./folder-role.ts";

/** What is peculiar about a provider's folders. */
export interface FolderProfile {
  /** Folders that are views of other folders' messages, by attribute; copying them doubles what they show. */
  readonly views: readonly string[];
  /** Top-level folders that hold no mail, in lower case, with all that lies below them. */
  readonly notMail: readonly string[];
  /** A folder that only gathers the members' own folders: no part of their names. */
  readonly gathering: readonly string[];
  /** Members' own folders are made below this one. */
  readonly ownFoldersBelow: string | null;
  /** What its folders of a role are called, for a mailbox that does not show them yet. */
  readonly roles: Readonly<Partial<Record<FolderRole, string>>>;
  /**
   * The view, by attribute, that alone shows archived mail, and what the folder for that mail is called where the target has none;
   * null where archived mail has a folder of its own, or cannot be told from other mail.
   */
  readonly archive: { readonly view: string; readonly name: string } | null;
}

/** The peculiarities of both ends. */
export type FolderProfiles = Readonly<Record<Side, FolderProfile>>;

/** A server without peculiarities. */
export const plainProfile: FolderProfile = {
  views: [],
  notMail: [],
  gathering: [],
  ownFoldersBelow: null,
  roles: {},
  archive: null,
};

export const plainProfiles: FolderProfiles = { source: plainProfile, target: plainProfile };

/**
 * The profile of a server, in this order: the one the settings name; Gmail's own capability; the provider whose IMAP host it
 * is. A domain's MX is not asked, because it may point to a filter; it only suggests what to write into the settings.
 */
export const folderProfileOf = (
  { host, profile }: Pick<HeldSettings["source"], "host" | "profile">,
  { capabilities }: Pick<MailSession, "capabilities">,
  views: HeldSettings["copy"]["views"] = "skip",
): FolderProfile => {
  const byCapability = capabilities.includes("X-GM-EXT-1") ? "gmail" : undefined;
  const byHost = providerAt(host)?.name;
  const found = profiles.get(profile ?? byCapability ?? byHost ?? "") ?? plainProfile;
  if (views === "copy") return { ...found, views: [] };
  return found === gmail && byCapability !== undefined ? gmailWithLabels : found;
};

/**
 * Gmail shows a message once under each of its labels, and again in All Mail, Important and Starred (Google: "IMAP extensions",
 * "Special-Use Extension of the LIST command"). Its own folders lie below `[Gmail]`, or `[Google Mail]`.
 */
const gmail: FolderProfile = {
  ...plainProfile,
  views: ["\\All", "\\Important", "\\Flagged"],
  gathering: ["[Gmail]", "[Google Mail]"],
};

/** Where messages tell their labels, All Mail shows which of them lie nowhere else: archived mail without a label. */
const gmailWithLabels: FolderProfile = {
  ...gmail,
  views: ["\\Important", "\\Flagged"],
  archive: { view: "\\All", name: "Archive" },
};

/** A captured session of Tencent's IMAP: these names, and a `\NoSelect` parent for the members' own folders. */
const tencent: FolderProfile = {
  ...plainProfile,
  gathering: ["其他文件夹"],
  ownFoldersBelow: "其他文件夹",
  roles: { sent: "Sent Messages", drafts: "Drafts", trash: "Deleted Messages", junk: "Junk" },
};

/** Exchange lists every folder of the mailbox over IMAP, whatever its class, in the mailbox' language. */
const exchange: FolderProfile = {
  ...plainProfile,
  notMail: [
    ...["calendar", "contacts", "suggested contacts", "tasks", "journal", "outbox", "sync issues"],
    ...["日历", "联系人", "建议的联系人", "任务", "日记", "发件箱", "同步问题"],
    ...["行事曆", "連絡人", "建議的連絡人", "工作", "日誌", "寄件匣", "同步處理問題"],
  ],
};

const profiles: ReadonlyMap<string, FolderProfile> = new Map([
  ["gmail", gmail],
  ["tencent-exmail", tencent],
  ["microsoft365", exchange],
  ["microsoft365-china", exchange],
]);

/** Whether a folder is left out: it holds no mail of its own. */
export const isSkipped = ({ specialUse, segments }: ListedFolder, profile: FolderProfile): boolean =>
  (specialUse !== null && profile.views.includes(specialUse)) ||
  profile.notMail.includes((segments[0] ?? "").normalize("NFKC").toLowerCase());

/** The folder's name without the folder that only gathers. */
export const ownSegments = (
  { segments }: Pick<ListedFolder, "segments">,
  { gathering }: FolderProfile,
): readonly string[] => {
  const [first, ...below] = segments;
  return first !== undefined && below.length > 0 && gathering.includes(first) ? below : segments;
};
