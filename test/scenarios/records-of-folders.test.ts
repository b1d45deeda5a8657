import { describe, expect, it } from "vitest";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";

/** Two folders are known for the mail that was sent: one by its name, the other by its attribute, which is better. */
const folders = ["INBOX", "Drafts", "Sent Items", "Verschickt", "Work"];

/** A pass whose first attempt cannot store the record of this folder, though it does those of the others that it has begun with. */
const passed = async (left: string | null) => {
  const [source, target] = [new FakeMailServer(), new FakeMailServer()];
  for (const path of folders) {
    if (path !== "INBOX") source.create(path, path === "Verschickt" ? { specialUse: "\\Sent" } : {});
    source.add(path, mail(path));
  }
  target.create("Sent Messages", { specialUse: "\\Sent" });
  target.create("Entwürfe", { specialUse: "\\Drafts" });
  const world = await CopyWorld.with(new FakeMailServerPair(source, target));
  world.visitMilliseconds = 60_000;
  const { mailboxes } = world;
  const fencedBy = mailboxes.fencedBy.bind(mailboxes);
  const stored: string[] = [];
  let isLeft = left === null;
  mailboxes.fencedBy = (token) => {
    const fenced = fencedBy(token);
    const put = fenced.putFolder.bind(fenced);
    fenced.putFolder = async (record) => {
      if (!isLeft && record.sourcePath === left) {
        isLeft = true;
        throw new Error("the table is gone");
      }
      await put(record);
      stored.push(record.sourcePath);
    };
    return fenced;
  };
  await world.startPass();
  await world.workOff();
  expect((await world.state()).state).toMatchObject({ status: "completed", copiedInPass: folders.length });
  const records = await mailboxes.folders(world.account);
  return {
    stored,
    targets: Object.fromEntries(records.map(({ sourcePath, targetPath }) => [sourcePath, targetPath])),
    made: Object.keys(target.content()).toSorted(),
  };
};

describe("the records of a mailbox' folders", () => {
  it("are stored of those that serve a role before the others", async () => {
    const { stored, targets } = await passed(null);
    expect(targets).toEqual({
      ...{ INBOX: "INBOX", Drafts: "Entwürfe", Verschickt: "Sent Messages" },
      ...{ "Sent Items": "Sent Items", Work: "Work" },
    });
    expect(stored.slice(0, folders.length)).toEqual(["Drafts", "Verschickt", "INBOX", "Sent Items", "Work"]);
  });

  it("lead every folder to the same target, whichever of them an attempt that died has left out", async () => {
    const undisturbed = await passed(null);
    for (const left of folders) {
      const { targets, made } = await passed(left);
      expect({ left, targets, made }).toEqual({ left, targets: undisturbed.targets, made: undisturbed.made });
    }
  });
});
