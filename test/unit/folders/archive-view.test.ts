import { describe, expect, it } from "vitest";
import { FolderPath } from "../../../shared/contract/ids.ts";
import { archiveViewOf, copiedBeside, labelsOf } from "../../../shared/folders/archive-view.ts";
import { folderProfileOf, plainProfile } from "../../../shared/folders/folder-profile.ts";
import type { ListedFolder } from "../../../shared/ports/mail-server.ts";

const folder = (path: string, specialUse: string | null = null, selectable = true): ListedFolder => ({
  ...{ path: FolderPath.parse(path), segments: path.split("/"), separator: "/", subscribed: true },
  ...{ selectable, specialUse },
});
const gmail = folderProfileOf({ host: "imap.gmail.com" }, { capabilities: ["X-GM-EXT-1"] });
const folders = [
  folder("INBOX"),
  folder("[Gmail]", null, false),
  folder("[Gmail]/所有邮件", "\\All"),
  folder("[Gmail]/已发邮件", "\\Sent"),
  folder("[Gmail]/草稿", "\\Drafts"),
  folder("[Gmail]/重要", "\\Important"),
  folder("[Gmail]/已加星标", "\\Flagged"),
  folder("[Gmail]/已删除邮件", "\\Trash"),
  folder("客户/合同 2024"),
  folder("\\Important"),
];

describe("the view that shows archived mail", () => {
  it("is the one with the attribute, where the profile knows of one", () => {
    expect(archiveViewOf(folders, gmail)?.path).toBe("[Gmail]/所有邮件");
    expect(archiveViewOf(folders, plainProfile)).toBeUndefined();
    expect(archiveViewOf([folder("[Gmail]/All Mail")], gmail)).toBeUndefined();
  });
});

describe("the labels of mail that is copied with another folder", () => {
  it("are Gmail's own for its own folders and the folder's name for any other, but never those of views", () => {
    expect(labelsOf(copiedBeside(folders, gmail))).toEqual([
      ...["\\Inbox", "\\Sent", "\\Draft", "[Gmail]/已删除邮件", "客户/合同 2024"],
    ]);
  });
});
