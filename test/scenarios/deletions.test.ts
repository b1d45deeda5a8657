import { describe, expect, it } from "vitest";
import type { Migration } from "../../shared/contract/migration.ts";
import { mail } from "../support/copy-scenarios.ts";
import { deletionsWorld, fill, propagating, uidsOf } from "../support/deletions-world.ts";
import type { FakeMailServer, FakeServerOptions } from "../support/fake-mail-server.ts";
import { inDrain, inHistory } from "../support/migration-example.ts";
import { type Trip, Tripwire } from "../support/tripwire.ts";
import { untilDone } from "../support/until-done.ts";

/** A mailbox of six messages that was copied, and whose second message was deleted at the source then. */
const secondDeleted = async (migration?: Migration, target?: FakeServerOptions) => {
  const scene = await deletionsWorld(migration, target);
  fill(scene.source);
  await scene.pass();
  scene.source.remove("INBOX", 2);
  return scene;
};

describe("a message that is deleted at the source after it was copied", () => {
  it("is removed from the target, and once", async () => {
    const { source, target, pass, deletions } = await secondDeleted();
    expect((await pass()).state).toMatchObject({ status: "completed", copiedInPass: 0 });
    expect(uidsOf(target)).toEqual([1, 3, 4, 5, 6]);
    expect(await deletions()).toEqual({ removed: 1, marked: 0, kept: 0 });
    source.remove("INBOX", 5);
    source.add("INBOX", mail("new"));
    const { state, totals } = await pass();
    expect(state).toMatchObject({ status: "completed", copiedInPass: 1 });
    expect(totals?.messages).toEqual({ source: 5, copied: 5, alreadyThere: 0, refused: 0 });
    expect(target.content()).toEqual(source.content());
    expect(await deletions()).toEqual({ removed: 2, marked: 0, kept: 0 });
  });

  it("stays unless the settings say otherwise", async () => {
    const { target, pass, deletions } = await secondDeleted(inHistory({ fannedOut: true }));
    await pass();
    expect(uidsOf(target)).toHaveLength(6);
    expect(await deletions()).toBeUndefined();
  });

  it("stays where the target had it before mailferry came", async () => {
    const { source, target, pass } = await deletionsWorld();
    fill(source);
    target.add("INBOX", mail("mail 2"));
    await pass();
    source.remove("INBOX", 2);
    await pass();
    expect(target.folder("INBOX").messages).toHaveLength(6);
  });

  it("stays when somebody changed it at the target, however long ago", async () => {
    const { source, target, pass, deletions } = await deletionsWorld();
    fill(source);
    await pass();
    target.setFlags("INBOX", 2, ["\\Flagged"]);
    source.add("INBOX", mail("new"));
    await pass();
    source.remove("INBOX", 2);
    source.remove("INBOX", 3);
    await pass();
    expect(uidsOf(target)).toEqual([1, 2, 4, 5, 6, 7]);
    expect(await deletions()).toEqual({ removed: 1, marked: 0, kept: 1 });
  });

  it("stays where it cannot be told whether somebody changed it", async () => {
    const { target, pass, deletions } = await secondDeleted(undefined, {
      capabilities: ["IMAP4rev1", "UIDPLUS"],
    });
    expect((await pass()).state).toMatchObject({ status: "completed" });
    expect(uidsOf(target)).toHaveLength(6);
    expect(await deletions()).toEqual({ removed: 0, marked: 0, kept: 1 });
  });

  it("is only marked where the target cannot expunge single messages", async () => {
    const { target, pass, deletions } = await secondDeleted(undefined, {
      capabilities: ["IMAP4rev1", "CONDSTORE"],
    });
    await pass();
    expect(target.folder("INBOX").messages.map(({ flags }) => flags)).toEqual(
      [1, 2, 3, 4, 5, 6].map((uid) => (uid === 2 ? ["\\Deleted"] : [])),
    );
    expect(await deletions()).toEqual({ removed: 0, marked: 1, kept: 0 });
  });

  it("stays once people work at the target", async () => {
    const { target, pass } = await secondDeleted(propagating(inDrain({ kind: "final" })));
    await pass();
    expect(uidsOf(target)).toHaveLength(6);
  });
});

describe("a source that no longer shows a folder as it was", () => {
  it.each([
    ["the folder is gone", (source: FakeMailServer) => source.folders.delete(pathOf(source, "Work"))],
    [
      "it was made anew with less in it",
      (source: FakeMailServer) => {
        source.remove("Work", 1);
        source.replaceUidValidity("Work");
      },
    ],
  ])("removes nothing when %s", async (_name, change) => {
    const { source, target, pass } = await deletionsWorld();
    source.create("Work");
    for (const subject of ["one", "two"]) source.add("Work", mail(subject));
    await pass();
    change(source);
    await pass();
    expect(target.folder("Work").messages).toHaveLength(2);
  });

  it("removes nothing and fails when most of a larger folder is gone, until that is cleared up", async () => {
    const { source, target, pass } = await deletionsWorld();
    fill(source, 200);
    await pass();
    for (let uid = 1; uid <= 150; uid += 1) source.remove("INBOX", uid);
    for (let count = 0; count < 2; count += 1) {
      expect((await pass()).state).toMatchObject({
        status: "failed",
        error: { name: "DeletionsDoubtful", evidence: { folder: "INBOX", count: 150, of: 200 } },
      });
    }
    expect(uidsOf(target)).toHaveLength(200);
    for (let uid = 1; uid <= 150; uid += 1) target.remove("INBOX", uid);
    expect((await pass()).state).toMatchObject({ status: "completed" });
    expect(uidsOf(target)).toHaveLength(50);
  });
});

describe("a pass that removes messages", () => {
  const run = async (trip: Trip | null) => {
    const { source, target, world, pass, deletions } = await deletionsWorld();
    fill(source);
    await pass();
    for (const uid of [2, 3]) source.remove("INBOX", uid);
    target.setFlags("INBOX", 3, ["\\Seen"]);
    source.add("INBOX", mail("new"));
    const wire = new Tripwire();
    wire.arm(trip);
    await world.startPass();
    await untilDone(world, wire);
    const { state, totals } = await world.state();
    const end = { uids: uidsOf(target), status: state.status, totals, deletions: await deletions() };
    return { calls: wire.calls, end };
  };

  it.each(["death", "lost connection"] as const)("ends the same after a %s at any call", async (fault) => {
    const whole = await run(null);
    expect(whole.end).toMatchObject({ status: "completed", uids: [1, 3, 4, 5, 6, 7] });
    for (let call = 1; call <= whole.calls; call += 1) {
      for (const moment of ["before", "after"] as const) {
        const { end } = await run({ call, moment, fault });
        expect(end, `${fault} ${moment} call ${call} of ${whole.calls}`).toEqual(whole.end);
      }
    }
  });
});

const pathOf = (server: FakeMailServer, wanted: string) => {
  const path = [...server.folders.keys()].find((one) => one === wanted);
  if (path === undefined) throw new Error(`There is no folder ${wanted}.`);
  return path;
};
