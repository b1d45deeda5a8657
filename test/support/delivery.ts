import { MailboxWork } from "../../events/mailbox-work.ts";
import type { Delivery } from "../../shared/copy/delivery.ts";
import type { CopyWorld } from "./copy-world.ts";
import { exampleId } from "./migration-example.ts";

/** A message of the queue as a worker receives it: it is the mailbox' plan, its first batch or its completion. */
export const delivery = (
  world: CopyWorld,
  work: MailboxWork["work"],
  pass = 1,
  receiveCount = 1,
): Delivery => ({
  work: MailboxWork.parse({
    work,
    migrationId: exampleId,
    address: world.account.address,
    pass,
    ...(work === "copy" ? { batchId: "000001-000001" } : {}),
  }),
  messageId: `${work} of ${pass}`,
  receiveCount,
  remainingMilliseconds: () => 300_000,
  visitMilliseconds: 0,
});
