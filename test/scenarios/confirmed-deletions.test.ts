import { describe, expect, it } from "vitest";
import { operatorCommand } from "../../shared/phases/operator-command.ts";
import { mail } from "../support/copy-scenarios.ts";
import { deletionsWorld, fill, uidsOf } from "../support/deletions-world.ts";
import { pipelineWith, unhurried } from "../support/fake-pipeline.ts";
import { type Trip, Tripwire } from "../support/tripwire.ts";
import { untilDone } from "../support/until-done.ts";

describe("deletions that an operator confirms", () => {
  const many = 200;
  const fewer = 150;
  /** Most of the mail is gone from two folders, and the pass has said so. */
  const doubted = async () => {
    const scene = await deletionsWorld();
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
        await untilDone(world, wire);
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
