import { describe, expect, it } from "vitest";
import type { Migration } from "../../shared/contract/migration.ts";
import { operatorCommand } from "../../shared/phases/operator-command.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServer, type FakeServerOptions } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { pipelineWith } from "../support/fake-pipeline.ts";
import { Interruption } from "../support/interruptions.ts";
import { exampleAccount, inHistory, inSwitch } from "../support/migration-example.ts";
import { type Trip, Tripwire } from "../support/tripwire.ts";

const propagating = (migration: Migration): Migration => {
  const { settings } = migration;
  return { ...migration, settings: { ...settings, copy: { ...settings.copy, deletions: "propagate" } } };
};
const history = inHistory({ fannedOut: true });
const draining = inSwitch({
  pass: { ...inSwitch().pass, kind: "final", fannedOut: true },
  switch: { stage: "draining", verifiedAt: inSwitch().createdAt, drainUntil: inSwitch().createdAt },
});

const worldOf = async (migration = propagating(history), target: FakeServerOptions = {}) => {
  const ends = { source: new FakeMailServer(), target: new FakeMailServer(target) };
  const world = await CopyWorld.with(
    new FakeMailServerPair(ends.source, ends.target),
    exampleAccount(1),
    migration,
  );
  const pass = async () => {
    await world.startPass();
    await world.workOff();
    return world.state();
  };
  const deletions = async () => (await world.mailboxes.summaries(world.account))[0]?.deletions;
  return { ...ends, world, pass, deletions };
};
const fill = (source: FakeMailServer, messages = 6): void => {
  for (let number = 1; number <= messages; number += 1) source.add("INBOX", mail(`mail ${number}`));
};
const uidsOf = (server: FakeMailServer): readonly number[] =>
  server.folder("INBOX").messages.map(({ uid }) => uid);

describe("a message that is deleted at the source after it was copied", () => {
  it("is removed from the target, and once", async () => {
    const { source, target, pass, deletions } = await worldOf();
    fill(source);
    await pass();
    source.remove("INBOX", 2);
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
    const { source, target, pass, deletions } = await worldOf(history);
    fill(source);
    await pass();
    source.remove("INBOX", 2);
    await pass();
    expect(uidsOf(target)).toHaveLength(6);
    expect(await deletions()).toBeUndefined();
  });

  it("stays where the target had it before mailferry came", async () => {
    const { source, target, pass } = await worldOf();
    fill(source);
    target.add("INBOX", mail("mail 2"));
    await pass();
    source.remove("INBOX", 2);
    await pass();
    expect(target.folder("INBOX").messages).toHaveLength(6);
  });

  it("stays when somebody changed it at the target, however long ago", async () => {
    const { source, target, pass, deletions } = await worldOf();
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
    const { source, target, pass, deletions } = await worldOf(propagating(history), {
      capabilities: ["IMAP4rev1", "UIDPLUS"],
    });
    fill(source);
    await pass();
    source.remove("INBOX", 2);
    expect((await pass()).state).toMatchObject({ status: "completed" });
    expect(uidsOf(target)).toHaveLength(6);
    expect(await deletions()).toEqual({ removed: 0, marked: 0, kept: 1 });
  });

  it("is only marked where the target cannot expunge single messages", async () => {
    const { source, target, pass, deletions } = await worldOf(propagating(history), {
      capabilities: ["IMAP4rev1", "CONDSTORE"],
    });
    fill(source);
    await pass();
    source.remove("INBOX", 2);
    await pass();
    expect(target.folder("INBOX").messages.map(({ flags }) => flags)).toEqual(
      [1, 2, 3, 4, 5, 6].map((uid) => (uid === 2 ? ["\\Deleted"] : [])),
    );
    expect(await deletions()).toEqual({ removed: 0, marked: 1, kept: 0 });
  });

  it("stays once people work at the target", async () => {
    const { source, target, pass } = await worldOf(propagating(draining));
    fill(source);
    await pass();
    source.remove("INBOX", 2);
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
    const { source, target, pass } = await worldOf();
    source.create("Work");
    for (const subject of ["one", "two"]) source.add("Work", mail(subject));
    await pass();
    change(source);
    await pass();
    expect(target.folder("Work").messages).toHaveLength(2);
  });

  it("removes nothing and fails when most of a larger folder is gone, until that is cleared up", async () => {
    const { source, target, pass } = await worldOf();
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

describe("deletions that an operator confirms", () => {
  const many = 200;
  const fewer = 150;
  const unhurried = (): number => 900_000;
  /** Most of the mail is gone from two folders, and the pass has said so. */
  const doubted = async () => {
    const scene = await worldOf();
    const { source, world, pass } = scene;
    fill(source, many);
    source.create("Work");
    for (let number = 1; number <= many; number += 1) source.add("Work", mail(`work ${number}`));
    await pass();
    for (const folder of ["INBOX", "Work"])
      for (let uid = 1; uid <= fewer; uid += 1) source.remove(folder, uid);
    expect((await pass()).state).toMatchObject({ error: { name: "DeletionsDoubtful" } });
    const { migrationId, address } = world.account;
    const app = Object.assign(await pipelineWith(null), {
      accounts: world.accounts,
      mailboxes: world.mailboxes,
      migrations: world.migrations,
    });
    const confirm = () =>
      operatorCommand(app, { command: "confirmDeletions", migrationId, address }, unhurried);
    return { ...scene, confirm };
  };

  it("are carried out by the next pass, in every folder", async () => {
    const { source, target, pass, confirm } = await doubted();
    expect(await confirm()).toEqual({ outcome: "done" });
    expect((await pass()).state).toMatchObject({ status: "completed" });
    expect(target.content()).toEqual(source.content());
  });

  it("are carried out once: the next that are as many are doubted anew", async () => {
    const { source, target, pass, confirm } = await doubted();
    await confirm();
    await pass();
    expect(await confirm()).toEqual({ outcome: "nothingDoubtful" });
    for (let number = 1; number <= many; number += 1) source.add("INBOX", mail(`later ${number}`));
    await pass();
    for (let uid = many + 1; uid <= many + fewer; uid += 1) source.remove("INBOX", uid);
    expect((await pass()).state).toMatchObject({
      error: { name: "DeletionsDoubtful", evidence: { count: fewer } },
    });
    expect(uidsOf(target)).toHaveLength(many - fewer + many);
  });

  it("are doubted again when more is gone by then", async () => {
    const { source, target, pass, confirm } = await doubted();
    await confirm();
    source.remove("INBOX", fewer + 1);
    expect((await pass()).state).toMatchObject({
      error: { name: "DeletionsDoubtful", evidence: { folder: "INBOX", count: fewer + 1 } },
    });
    expect(uidsOf(target)).toHaveLength(many);
    await confirm();
    expect((await pass()).state).toMatchObject({ status: "completed" });
    expect(target.content()).toEqual(source.content());
  });

  it("stay what they were in a pass that is made before they are confirmed", async () => {
    const { source, target, pass, confirm } = await doubted();
    await pass();
    await confirm();
    await pass();
    expect(target.content()).toEqual(source.content());
  });

  it("are no longer in doubt, nor confirmed, when the messages are back", async () => {
    const { source, target, pass, confirm, world } = await doubted();
    await confirm();
    for (const path of ["INBOX", "Work"]) {
      const back = target.folder(path).messages.slice(0, fewer);
      source.folder(path).messages.unshift(...back.map((message) => ({ ...message })));
    }
    expect((await pass()).state).toMatchObject({ status: "completed" });
    for (const folder of await world.mailboxes.folders(world.account)) {
      expect(folder.doubtfulDeletions).toBeUndefined();
    }
    expect((await world.state()).confirmedDeletions).toBeUndefined();
    for (let uid = 1; uid <= fewer; uid += 1) source.remove("INBOX", uid);
    expect((await pass()).state).toMatchObject({ error: { name: "DeletionsDoubtful" } });
    expect(uidsOf(target)).toHaveLength(many);
  });

  it("are asked for in vain where nothing is in doubt, or where the mailbox is unknown", async () => {
    const { pass, world, confirm } = await doubted();
    for (const path of ["INBOX", "Work"]) {
      const folder = (await world.mailboxes.folders(world.account)).find(
        ({ sourcePath }) => sourcePath === path,
      );
      if (folder === undefined) throw new Error(`There is no folder ${path}.`);
      const { doubtfulDeletions: _none, ...clear } = folder;
      await world.mailboxes.putFolder(clear);
    }
    expect(await confirm()).toEqual({ outcome: "nothingDoubtful" });
    expect((await pass()).state).toMatchObject({ error: { name: "DeletionsDoubtful" } });
  });

  it.each(["death", "lost connection", "takeover"] as const)(
    "end the same after a %s at any call of the pass",
    async (fault) => {
      const run = async (trip: Trip | null) => {
        const { source, target, world, confirm } = await doubted();
        await confirm();
        const wire = new Tripwire();
        wire.arm(trip);
        wire.takeOver = () => world.takeOver();
        await world.startPass();
        try {
          await world.workOff(wire.string(world));
        } catch (thrown) {
          if (!(thrown instanceof Interruption)) throw thrown;
          wire.revive();
          await world.workOff(wire.string(world));
        }
        const where = `${trip?.fault} ${trip?.moment} call ${trip?.call}`;
        expect((await world.state()).state, `${where}`).toMatchObject({ status: "completed" });
        expect(target.content(), `${where}`).toEqual(source.content());
        return wire.calls;
      };
      const calls = await run(null);
      for (let call = 1; call <= calls; call += 1) {
        for (const moment of fault === "takeover" ? (["after"] as const) : (["before", "after"] as const))
          await run({ call, moment, fault });
      }
    },
  );
});

describe("a pass that removes messages", () => {
  const run = async (trip: Trip | null) => {
    const { source, target, world, pass, deletions } = await worldOf();
    fill(source);
    await pass();
    for (const uid of [2, 3]) source.remove("INBOX", uid);
    target.setFlags("INBOX", 3, ["\\Seen"]);
    source.add("INBOX", mail("new"));
    const wire = new Tripwire();
    wire.arm(trip);
    await world.startPass();
    try {
      await world.workOff(wire.string(world));
    } catch (thrown) {
      if (!(thrown instanceof Interruption)) throw thrown;
      wire.revive();
      await world.workOff(wire.string(world));
    }
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
