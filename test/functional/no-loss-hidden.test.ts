import { describe, expect, it } from "vitest";
import { imapMailServers } from "../../functions/adapters/imap/mail-servers.ts";
import { exitStatus } from "../../infra/local/cli/exit-status.ts";
import { FolderPath, UidSet } from "../../shared/contract/ids.ts";
import { copyQueue } from "../../shared/contract/queue.ts";
import { faultyTarget, refused } from "../support/faulty-target.ts";
import { expectEqual, filledSource, messages, passesUntilWell } from "../support/hard-mailbox.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";
import { makePass, plainAddress, realMailbox } from "../support/real-mailbox.ts";
import { statusOfCommand } from "../support/status-of-command.ts";

describe("the exit status of the command", () => {
  it.each([
    ["a folder's messages are refused for the quota", "[OVERQUOTA] Quota exceeded"],
    ["a folder's messages are refused with LIMIT", "[LIMIT] Not now"],
  ])("hides no loss when %s, and is 0 when the next run has brought them", async (_name, words) => {
    const fault = { at: /^APPEND "?Work/i, nth: 1, always: true, does: "refuse", words } as const;
    const { source, target, proxy, world } = await faultyTarget(fault);
    const { totals } = await makePass(world);
    expect(totals?.messages).toMatchObject({ copied: messages - 2, refused: 2 });
    expect(await statusOfCommand(world)).toBe(exitStatus.doneWithLosses);
    proxy.arm(null);
    expect(await passesUntilWell(world)).toBe(1);
    await expectEqual(source, target);
  });

  it("hides no loss when the target loses what it had taken, and is 0 when it was copied again", async () => {
    const [source, target] = [await filledSource(), await privateDovecot()];
    const world = await realMailbox(source, target);
    await world.startPass();
    while (world.workQueue.next()?.work !== "complete") await world.workOff(world, undefined, 1);
    const session = await imapMailServers().enter(plainAddress("target", target), {
      mailbox: someone.user,
      ...someone,
    });
    await session.remove(FolderPath.parse("INBOX"), UidSet.parse("3:5"));
    await session.leave();
    await world.workOff();
    expect(await statusOfCommand(world)).toBe(exitStatus.doneWithLosses);
    expect(await passesUntilWell(world)).toBe(1);
    await expectEqual(source, target);
  });
});

describe("a target that refuses for as long as it likes", () => {
  it.each(["[OVERQUOTA] Quota exceeded", "[LIMIT] Not now"])(
    "has every message counted as refused with its words, and takes them all later: %s",
    async (words) => {
      const fault = { ...refused(words), always: true };
      const { source, target, proxy, world } = await faultyTarget(fault);
      const { totals } = await makePass(world);
      expect(totals?.messages).toEqual({ source: messages, copied: 0, alreadyThere: 0, refused: messages });
      expect(await statusOfCommand(world)).toBe(exitStatus.doneWithLosses);
      const kept = await world.mailboxes.refused(world.account);
      expect(kept.map((message) => message.words)).toEqual(kept.map(() => words));
      expect(kept).toHaveLength(messages);
      proxy.arm(null);
      expect(await passesUntilWell(world)).toBe(1);
      await expectEqual(source, target);
    },
  );

  it.each(["[INUSE] Mailbox is locked", "[UNAVAILABLE] Storage is away"])(
    "is waited for, longer than a message may fail, and nothing fails: %s",
    async (words) => {
      const fault = { ...refused(words), always: true };
      const { source, target, proxy, world } = await faultyTarget(fault);
      await world.startPass();
      await world.workOff(world, undefined, copyQueue.maxReceiveCount + 2);
      expect((await world.state()).state.status).toBe("copying");
      expect(await statusOfCommand(world)).toBe(exitStatus.doneWithLosses);
      proxy.arm(null);
      await world.workOff();
      expect((await world.state()).state).toMatchObject({ status: "completed", copiedInPass: messages });
      await expectEqual(source, target);
    },
  );
});
