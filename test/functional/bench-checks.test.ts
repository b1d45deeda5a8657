import type { ImapFlow } from "imapflow";
import { describe, expect, it } from "vitest";
import { mailboxCorpus } from "../../infra/local/bench/corpus.ts";
import { folderShares } from "../../infra/local/bench/folders.ts";
import { requireCounts, requireSameMail } from "../../infra/local/bench/same-mail.ts";
import { seedMailbox } from "../../infra/local/demo/seeding/seed-mailbox.ts";
import { openMailbox } from "../support/mailbox-snapshot.ts";
import { privateDovecot, someone } from "../support/private-dovecot.ts";

const amount = { messages: 14, folders: 7 };
const users = [someone.user];
const paths = folderShares(amount).map(({ path }) => path);

const filledServer = async () => {
  const server = await privateDovecot();
  await seedMailbox(server, someone.user, mailboxCorpus(someone.user, amount, { exactly: 1_000 }));
  return server;
};

/** The mail as it was seeded, and the same after something was done to one folder. */
const tampered = async (path: string, tamper: (client: ImapFlow) => Promise<unknown>) => {
  const [source, target] = await Promise.all([filledServer(), filledServer()]);
  await using client = await openMailbox(target.accessOf(someone.user));
  const lock = await client.getMailboxLock(path);
  await tamper(client);
  lock.release();
  return { source, target };
};

describe("what the bench demands of a run's result", () => {
  it("is met by the same mail in the same folders", async () => {
    const [source, target] = await Promise.all([filledServer(), filledServer()]);
    await expect(requireCounts(target, users, amount)).resolves.toBeUndefined();
    await expect(requireSameMail(source, target, users)).resolves.toBeUndefined();
  });

  it.each(paths)("is not met when a message is missing in %s", async (path) => {
    const { source, target } = await tampered(path, (client) => client.messageDelete("1"));
    await expect(requireCounts(target, users, amount)).rejects.toThrow(`has 1 of 2 messages in ${path}`);
    await expect(requireSameMail(source, target, users)).rejects.toThrow("not the same on both sides");
  });

  it("is not met when all messages are there, but one in another folder", async () => {
    const { source, target } = await tampered("Letters 1", (client) => client.messageMove("1", "合同 3"));
    await expect(requireCounts(target, users, amount)).rejects.toThrow("has 1 of 2 messages in Letters 1");
    await expect(requireSameMail(source, target, users)).rejects.toThrow("not the same on both sides");
  });

  it("is not met when a message stands in a folder that was not asked for", async () => {
    const { target } = await tampered("INBOX", async (client) => {
      await client.mailboxCreate("Elsewhere");
      await client.messageCopy("1", "Elsewhere");
    });
    await expect(requireCounts(target, users, amount)).rejects.toThrow("has 1 of 0 messages in Elsewhere");
  });

  it("is not met when only a flag differs in a folder that is not the INBOX", async () => {
    const { source, target } = await tampered("项目/第6期", (client) =>
      client.messageFlagsAdd("1", ["\\Answered"]),
    );
    await expect(requireCounts(target, users, amount)).resolves.toBeUndefined();
    await expect(requireSameMail(source, target, users)).rejects.toThrow("not the same on both sides");
  });
});
