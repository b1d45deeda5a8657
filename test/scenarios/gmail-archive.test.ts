import { describe, expect, it } from "vitest";
import { mail } from "../support/copy-scenarios.ts";
import { addLabel, allMail, deliver, removeLabel } from "../support/gmail-mailbox.ts";
import { gmailWorld } from "../support/gmail-world.ts";

describe("archived mail at Gmail", () => {
  it("alone of All Mail is counted, and the report says where it went", async () => {
    const { source, pass, subjects, archive } = await gmailWorld();
    deliver(source, mail("inbox"), "\\Inbox");
    deliver(source, mail("archived"), "\\Important");
    deliver(source, mail("hidden"), "not shown in IMAP");
    const { state, totals } = await pass();
    expect(state).toMatchObject({ status: "completed", copiedInPass: 3 });
    expect(totals?.messages).toEqual({ source: 3, copied: 3, alreadyThere: 0, refused: 0 });
    expect(subjects("Archive")).toEqual(["archived", "hidden"]);
    expect(await archive()).toMatchObject({
      ...{ targetPath: "Archive", provenance: "profile", source: 2, copied: 2, alreadyThere: 0, refused: 0 },
      bytes: mail("archived").length + mail("hidden").length,
    });
  });

  it("is not looked for as long as every folder looks as it did", async () => {
    const { source, servers, pass } = await gmailWorld();
    deliver(source, mail("inbox"), "\\Inbox");
    deliver(source, mail("archived"));
    await pass();
    servers.reset();
    expect((await pass()).state).toMatchObject({ status: "completed", copiedInPass: 0 });
    expect(servers.asked).toEqual({ source: ["survey"], target: ["survey"] });
    const uid = deliver(source, mail("new"), "Work");
    servers.reset();
    await pass();
    expect(servers.asked.source.filter((name) => name === "uidsWithout")).toHaveLength(2);
    removeLabel(source, uid, "Work");
    expect((await pass()).state).toMatchObject({ status: "completed", copiedInPass: 1 });
  });

  it("stays in the archive when it is labelled, unless deletions are made at the target too", async () => {
    for (const deletions of ["ignore", "propagate"] as const) {
      const { source, pass, subjects } = await gmailWorld({ deletions });
      const uid = deliver(source, mail("one"));
      deliver(source, mail("two"));
      await pass();
      addLabel(source, uid, "Work");
      const { state, totals } = await pass();
      expect(state.status).toBe("completed");
      expect(totals?.messages).toEqual({ source: 2, copied: 2, alreadyThere: 0, refused: 0 });
      expect(subjects("Archive")).toEqual(deletions === "ignore" ? ["one", "two"] : ["two"]);
      expect(subjects("Work")).toEqual(["one"]);
    }
  });

  it("is copied again when it is archived again after it was removed from the target", async () => {
    const { source, pass, subjects, archive } = await gmailWorld({ deletions: "propagate" });
    const uid = deliver(source, mail("one"));
    await pass();
    for (const _time of [1, 2]) {
      addLabel(source, uid, "Work");
      await pass();
      expect([subjects("Archive"), subjects("Work")]).toEqual([[], ["one"]]);
      removeLabel(source, uid, "Work");
      const { state, totals } = await pass();
      expect(state.status).toBe("completed");
      expect(totals?.messages).toEqual({ source: 1, copied: 1, alreadyThere: 0, refused: 0 });
      expect([subjects("Archive"), subjects("Work")]).toEqual([["one"], []]);
      expect(await archive()).toMatchObject({ source: 1, bytes: mail("one").length });
    }
  });

  it("is not copied again when it is archived again and is still there", async () => {
    const { source, pass, subjects } = await gmailWorld();
    const uid = deliver(source, mail("one"));
    await pass();
    addLabel(source, uid, "\\Inbox");
    await pass();
    removeLabel(source, uid, "\\Inbox");
    expect((await pass()).state).toMatchObject({ status: "completed", copiedInPass: 0 });
    expect(subjects("Archive")).toEqual(["one"]);
  });

  it("is removed from the target when another message is archived at the same time", async () => {
    const { source, pass, subjects } = await gmailWorld({ deletions: "propagate" });
    const [one, two] = [deliver(source, mail("one")), deliver(source, mail("two"), "Work")];
    await pass();
    addLabel(source, one, "Work");
    removeLabel(source, two, "Work");
    await pass();
    expect([subjects("Archive"), subjects("Work")]).toEqual([["two"], ["one"]]);
  });

  it("gets the flags that it is given at the source", async () => {
    const { source, target, pass } = await gmailWorld();
    const uid = deliver(source, mail("one"));
    await pass();
    source.setFlags(allMail, uid, ["\\Flagged"]);
    await pass();
    expect(target.folder("Archive").messages.map(({ flags }) => flags)).toEqual([["\\Flagged"]]);
  });

  it("is refused, counted and tried again like any other, until it is labelled", async () => {
    const { source, target, pass, subjects, archive } = await gmailWorld();
    const uid = deliver(source, mail("one"));
    target.refuses = () => ({ code: "OVERQUOTA", words: "Full." });
    await pass();
    expect(await archive()).toMatchObject({ source: 1, copied: 0, refused: 1 });
    addLabel(source, uid, "Work");
    target.refuses = () => null;
    const { state, totals } = await pass();
    expect(state.status).toBe("completed");
    expect(totals?.messages).toEqual({ source: 1, copied: 1, alreadyThere: 0, refused: 0 });
    expect([subjects("Archive"), subjects("Work")]).toEqual([[], ["one"]]);
  });

  it("is recognised in the archive of a target that holds it", async () => {
    const { source, target, pass, archive } = await gmailWorld();
    target.create("存档", { specialUse: "\\Archive" });
    for (const subject of ["one", "theirs"]) target.add("存档", mail(subject));
    for (const subject of ["one", "two"]) deliver(source, mail(subject));
    await pass();
    expect(await archive()).toMatchObject({ targetPath: "存档", source: 2, copied: 1, alreadyThere: 1 });
    expect(target.folder("存档").messages).toHaveLength(3);
  });

  it("makes the mailbox fail, with all other mail copied, where All Mail is not shown in IMAP", async () => {
    const { source, pass, subjects } = await gmailWorld();
    deliver(source, mail("inbox"), "\\Inbox");
    deliver(source, mail("archived"));
    const shown = source.folder(allMail);
    source.delete(allMail);
    const { state, totals } = await pass();
    expect(state).toMatchObject({ status: "failed", error: { name: "ArchiveHidden" } });
    expect(totals?.messages).toEqual({ source: 1, copied: 1, alreadyThere: 0, refused: 0 });
    source.create(allMail, shown);
    expect((await pass()).state).toMatchObject({ status: "completed", copiedInPass: 1 });
    expect(subjects("Archive")).toEqual(["archived"]);
  });

  it("goes with all of All Mail where the settings ask for the views", async () => {
    const { source, target, pass, subjects } = await gmailWorld({ views: "copy" });
    deliver(source, mail("inbox"), "\\Inbox", "\\Important");
    deliver(source, mail("archived"));
    await pass();
    expect(subjects("All Mail")).toEqual(["archived", "inbox"]);
    expect(subjects("Important")).toEqual(["inbox"]);
    expect([...target.folders.keys()]).not.toContain("Archive");
  });
});
