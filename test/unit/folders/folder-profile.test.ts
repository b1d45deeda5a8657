import { describe, expect, it } from "vitest";
import { FolderPath } from "../../../shared/contract/ids.ts";
import { folderProfileOf, plainProfile, plainProfiles } from "../../../shared/folders/folder-profile.ts";
import { planFolders } from "../../../shared/folders/plan-folders.ts";
import type { ListedFolder } from "../../../shared/ports/mail-server.ts";

const folder = (path: string, differing: Partial<ListedFolder> = {}): ListedFolder => ({
  path: FolderPath.parse(path),
  segments: path.split("/"),
  separator: "/",
  selectable: true,
  specialUse: null,
  subscribed: true,
  ...differing,
});
const named = (profile: string, capabilities: readonly string[] = []) =>
  folderProfileOf({ host: "imap.own.example", profile }, { capabilities });
const planned = (
  source: readonly ListedFolder[],
  target: readonly ListedFolder[],
  profiles: Partial<typeof plainProfiles>,
) =>
  planFolders(source, target, new Map(), { ...plainProfiles, ...profiles }).map(
    ({ source: { path }, segments, provenance }) => [path, segments.join("/"), provenance],
  );
const inbox = folder("INBOX");

describe("the profile of a server", () => {
  it.each([
    ["imap.gmail.com", [], "gmail"],
    ["imap.company.example", ["X-GM-EXT-1"], "gmail"],
    ["imap.exmail.qq.com", [], "tencent-exmail"],
    ["hwimap.exmail.qq.com", [], "tencent-exmail"],
    ["partner.outlook.cn", [], "microsoft365-china"],
    ["outlook.office365.com", [], "microsoft365"],
  ])("of %s with %j is %s", (host, capabilities, name) => {
    expect(folderProfileOf({ host }, { capabilities })).toBe(named(name, capabilities));
  });

  it.each([
    "imap.qq.com",
    "evil-imap.gmail.com.example",
    "gmail.com.example",
    "imap.company.example",
    "127.0.0.1",
  ])("of %s is a plain one", (host) => {
    expect(folderProfileOf({ host }, { capabilities: [] })).toBe(plainProfile);
  });

  it("is the one the settings name, whatever the server says", () => {
    const asked = { host: "imap.gmail.com", profile: "tencent-exmail" };
    expect(folderProfileOf(asked, { capabilities: ["X-GM-EXT-1"] })).toBe(named("tencent-exmail"));
    expect(folderProfileOf({ ...asked, profile: "zoho" }, { capabilities: ["X-GM-EXT-1"] })).toBe(
      plainProfile,
    );
  });
});

describe("where the folders of known providers go", () => {
  it("leaves out Gmail's views and takes its own folders out of [Gmail]", () => {
    const source = [
      inbox,
      folder("[Gmail]", { selectable: false }),
      folder("[Gmail]/All Mail", { specialUse: "\\All" }),
      folder("[Gmail]/Important", { specialUse: "\\Important" }),
      folder("[Gmail]/Starred", { specialUse: "\\Flagged" }),
      folder("[Gmail]/Sent Mail", { specialUse: "\\Sent" }),
      folder("[Gmail]/Chats"),
      folder("客户/合同"),
    ];
    const target = [inbox, folder("Sent", { specialUse: "\\Sent" })];
    expect(planned(source, target, { source: named("gmail") })).toEqual([
      ["INBOX", "INBOX", "inbox"],
      ["[Gmail]/Chats", "Chats", "profile"],
      ["[Gmail]/Sent Mail", "Sent", "special-use"],
      ["客户/合同", "客户/合同", "same-name"],
    ]);
  });

  it("makes an archive of Gmail's All Mail, in whatever language, where messages tell their labels", () => {
    const source = [inbox, folder("[Gmail]/所有邮件", { specialUse: "\\All" }), folder("Archive")];
    const gmail = { source: named("gmail", ["X-GM-EXT-1"]) };
    const archive = folder("Archiv", { specialUse: "\\Archive" });
    expect(planned(source, [inbox, archive], gmail)).toEqual([
      ["INBOX", "INBOX", "inbox"],
      ["Archive", "Archive", "same-name"],
      ["[Gmail]/所有邮件", "Archiv", "special-use"],
    ]);
    expect(planned(source.slice(0, 2), [inbox, folder("存档")], gmail)[1]).toEqual([
      ...["[Gmail]/所有邮件", "存档", "name-table"],
    ]);
    expect(planned(source, [inbox], gmail)).toEqual([
      ["INBOX", "INBOX", "inbox"],
      ["Archive", "Archive", "same-name"],
      ["[Gmail]/所有邮件", "Archive 2", "profile"],
    ]);
    expect(planned(source.slice(0, 2), [inbox], { ...gmail, target: named("tencent-exmail") })[1]).toEqual([
      ...["[Gmail]/所有邮件", "其他文件夹/Archive", "profile"],
    ]);
  });

  it("copies a folder called All Mail that is nobody's view", () => {
    expect(planned([folder("All Mail"), folder("归档", { specialUse: "\\All" })], [inbox], {})).toHaveLength(
      2,
    );
    expect(planned([folder("All Mail")], [inbox], { source: named("gmail") })).toHaveLength(1);
  });

  it("puts members' own folders under 其他文件夹 at Tencent, and special ones under Tencent's names", () => {
    const source = [inbox, folder("已发送"), folder("Trash", { specialUse: "\\Trash" }), folder("项目/合同")];
    const target = [inbox, folder("Sent Messages")];
    expect(planned(source, target, { target: named("tencent-exmail") })).toEqual([
      ["INBOX", "INBOX", "inbox"],
      ["Trash", "Deleted Messages", "profile"],
      ["已发送", "Sent Messages", "name-table"],
      ["项目/合同", "其他文件夹/项目/合同", "profile"],
    ]);
  });

  it("takes them out of it when Tencent is the source, and leaves them there when it is both", () => {
    const source = [folder("其他文件夹", { selectable: false }), folder("其他文件夹/项目")];
    const tencent = named("tencent-exmail");
    expect(planned(source, [inbox], { source: tencent })).toEqual([["其他文件夹/项目", "项目", "profile"]]);
    expect(planned(source, [inbox], { source: tencent, target: tencent })).toEqual([
      ["其他文件夹/项目", "其他文件夹/项目", "profile"],
    ]);
  });

  it("leaves out what is no mail on Exchange, with what lies below it", () => {
    const source = [
      folder("Calendar"),
      folder("Calendar/Birthdays"),
      folder("联系人"),
      folder("Outbox"),
      folder("Projects/Calendar"),
      folder("Conversation History"),
    ];
    expect(planned(source, [inbox], { source: named("microsoft365") }).map(([path]) => path)).toEqual([
      "Conversation History",
      "Projects/Calendar",
    ]);
  });

  it("never lets two folders share a target", () => {
    const source = [folder("[Gmail]/Notes"), folder("Notes")];
    expect(planned(source, [inbox], { source: named("gmail") }).map(([, to]) => to)).toEqual([
      "Notes",
      "Notes 2",
    ]);
  });
});
