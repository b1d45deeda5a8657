import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FolderPath } from "../../../shared/contract/ids.ts";
import { planFolders } from "../../../shared/folders/plan-folders.ts";
import { folderKey } from "../../../shared/folders/target-name.ts";
import type { ListedFolder } from "../../../shared/ports/mail-server.ts";

const folder = (path: string, differing: Partial<ListedFolder> = {}): ListedFolder => {
  const separator = differing.separator ?? "/";
  return {
    path: FolderPath.parse(path),
    segments: path.split(separator),
    separator,
    selectable: true,
    specialUse: null,
    subscribed: true,
    ...differing,
  };
};
const inbox = folder("INBOX");
const planned = (source: readonly ListedFolder[], target: readonly ListedFolder[]) =>
  planFolders(source, target).map(({ source: { path }, segments, existing, provenance }) => [
    path,
    existing ?? segments.join("/"),
    provenance,
  ]);

describe("where the folders of a mailbox go", () => {
  it("maps INBOX to INBOX and other folders to their names, made or found", () => {
    expect(planned([folder("项目/合同"), folder("Work"), inbox], [inbox, folder("Work")])).toEqual([
      ["INBOX", "INBOX", "inbox"],
      ["Work", "Work", "same-name"],
      ["项目/合同", "项目/合同", "same-name"],
    ]);
  });

  it("maps special folders by attribute on both sides", () => {
    const source = [folder("已发送", { specialUse: "\\Sent" }), folder("垃圾", { specialUse: "\\Junk" })];
    const target = [
      folder("Sent Messages", { specialUse: "\\Sent" }),
      folder("Spam", { specialUse: "\\Junk" }),
    ];
    expect(planned(source, target)).toEqual([
      ["垃圾", "Spam", "special-use"],
      ["已发送", "Sent Messages", "special-use"],
    ]);
  });

  it.each([
    ["已发送", "Sent Messages"],
    ["Sent Items", "已发送"],
    ["草稿箱", "Drafts"],
    ["已删除", "Deleted Messages"],
    ["垃圾邮件", "Junk"],
    ["DELETED ITEMS", "已删除邮件"],
  ])("knows %s and %s for the same thing by name", (source, target) => {
    expect(planned([folder(source)], [inbox, folder(target)])).toEqual([[source, target, "name-table"]]);
  });

  it("keeps the name of a special folder the target has none for", () => {
    expect(planned([folder("已发送", { specialUse: "\\Sent" })], [inbox])).toEqual([
      ["已发送", "已发送", "same-name"],
    ]);
  });

  it("knows nothing by the name of a nested folder or of somebody's own", () => {
    const own = [folder("Customers/Sent"), folder("Sent to customers")];
    expect(planned(own, [folder("Sent Messages")]).map(([, target]) => target)).toEqual([
      "Customers/Sent",
      "Sent to customers",
    ]);
  });

  it("never merges two source folders: the attributed one gets the role, the other a name of its own", () => {
    const source = [folder("Sent"), folder("Sent Items"), folder("已发送", { specialUse: "\\Sent" })];
    expect(planned(source, [folder("Sent", { specialUse: "\\Sent" })])).toEqual([
      ["Sent", "Sent 2", "same-name"],
      ["Sent Items", "Sent Items", "same-name"],
      ["已发送", "Sent", "special-use"],
    ]);
  });

  it("leaves out folders that hold no messages and writes names as the target can hold them", () => {
    const source = [
      folder("项目", { selectable: false }),
      folder("项目/v1.2"),
      folder("项目/v1_2"),
      folder("cafe\u0301"),
      folder("caf\u00e9"),
    ];
    const target = [folder("INBOX", { separator: "." })];
    expect(planFolders(source, target).map(({ segments }) => segments)).toEqual([
      ["café"],
      ["café 2"],
      ["项目", "v1_2"],
      ["项目", "v1_2 2"],
    ]);
  });

  it("keeps what earlier passes settled", () => {
    const settled = new Map([[FolderPath.parse("Old Sent"), FolderPath.parse("Sent")]]);
    const source = [folder("Old Sent"), folder("Sent")];
    const [only, ...others] = planFolders(source, [folder("Sent")], settled);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ segments: ["Sent 2"], existing: null });
  });

  it("gives every folder a target of its own whatever the names", () => {
    const name = fc.string({
      unit: fc.constantFrom("a", "A", ".", "/", "é", "e\u0301", "Sent", "已发送", "INBOX", " "),
      minLength: 1,
      maxLength: 4,
    });
    const use = fc.constantFrom(null, "\\Sent", "\\Junk");
    const folders = (separator: string) =>
      fc
        .uniqueArray(fc.tuple(name, use), { selector: ([path]) => path, maxLength: 12 })
        .map((list) => list.map(([path, specialUse]) => folder(path, { specialUse, separator })));
    fc.assert(
      fc.property(folders("/"), folders("."), (source, target) => {
        const plan = planFolders(source, target);
        expect(plan).toHaveLength(source.length);
        expect(new Set(plan.map(({ segments }) => folderKey(segments))).size).toBe(plan.length);
        const made = plan.filter(({ existing }) => existing === null);
        expect(made.flatMap(({ segments }) => segments)).not.toContain("");
      }),
    );
  });
});
