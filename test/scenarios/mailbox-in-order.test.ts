import { describe, expect, it } from "vitest";
import { workMailbox } from "../../shared/copy/work-mailbox.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { delivery } from "../support/delivery.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";

const worldOf = async () => {
  const [source, target] = [new FakeMailServer(), new FakeMailServer()];
  return { source, target, world: await CopyWorld.with(new FakeMailServerPair(source, target)) };
};

describe("a mailbox that is not in order at the end", () => {
  it("fails when the target lost what it had taken, and the next pass copies that again", async () => {
    const { world, source, target } = await worldOf();
    for (const subject of ["one", "two", "three"]) source.add("INBOX", mail(subject));
    await workMailbox(world, delivery(world, "plan"));
    await workMailbox(world, delivery(world, "copy"));
    target.remove("INBOX", 2);
    await workMailbox(world, delivery(world, "complete"));
    expect((await world.state()).state).toMatchObject({
      status: "failed",
      error: { name: "MailboxUnbalanced", evidence: { source: 3, copied: 2, alreadyThere: 0, refused: 0 } },
    });
    await workMailbox(world, delivery(world, "plan", 2));
    world.workQueue.waiting.splice(0, 2);
    await world.workOff();
    expect((await world.state()).state).toMatchObject({ status: "completed", copiedInPass: 1 });
    expect(target.content()).toEqual(source.content());
  });

  it("fails when the target keeps a message other than it was", async () => {
    const { world, source, target } = await worldOf();
    source.add("INBOX", mail("one"));
    await workMailbox(world, delivery(world, "plan"));
    await workMailbox(world, delivery(world, "copy"));
    for (const message of target.folder("INBOX").messages) message.raw = message.raw.slice(0, -5);
    await workMailbox(world, delivery(world, "complete"));
    expect((await world.state()).state).toMatchObject({ error: { name: "MailboxUnbalanced" } });
  });

  it("is in order when a person removed at the target what an earlier pass had verified", async () => {
    const { world, source, target } = await worldOf();
    source.add("INBOX", mail("one"));
    await world.startPass();
    await world.workOff();
    target.remove("INBOX", 1);
    source.add("INBOX", mail("two"));
    await world.startPass();
    await world.workOff();
    expect((await world.state()).state).toMatchObject({ status: "completed", copiedInPass: 1 });
    expect(target.folder("INBOX").messages).toHaveLength(1);
  });

  it("says which folder the target would not hold, and copies the others", async () => {
    const { world, source, target } = await worldOf();
    source.create("barred");
    source.add("barred", mail("one"));
    source.add("INBOX", mail("two"));
    await world.startPass();
    await world.workOff();
    expect((await world.state()).state).toMatchObject({
      status: "failed",
      error: { name: "FolderUnusable", evidence: { folder: "barred", words: "Permission denied" } },
    });
    expect(target.folder("INBOX").messages).toHaveLength(1);
  });

  it.each(["source", "target"] as const)(
    "says that a folder was replaced at the %s, and recovers",
    async (side) => {
      const { world, source, target } = await worldOf();
      for (const subject of ["one", "two"]) source.add("INBOX", mail(subject));
      await workMailbox(world, delivery(world, "plan"));
      await workMailbox(world, delivery(world, "copy"));
      (side === "source" ? source : target).replaceUidValidity("INBOX");
      await workMailbox(world, delivery(world, "complete"));
      expect((await world.state()).state).toMatchObject({
        error: { name: "FolderReplaced", evidence: { side, folder: "INBOX" } },
      });
      world.workQueue.waiting.length = 0;
      await workMailbox(world, delivery(world, "plan", 2));
      await world.workOff();
      expect((await world.state()).state).toMatchObject({ status: "completed", copiedInPass: 0 });
      expect(target.folder("INBOX").messages).toHaveLength(2);
    },
  );
});
