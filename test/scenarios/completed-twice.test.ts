import { describe, expect, it } from "vitest";
import { startAccounts } from "../../shared/accounts/start-accounts.ts";
import { MailferryError } from "../../shared/contract/errors.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { exampleId } from "../support/migration-example.ts";

/**
 * A mailbox that failed because the target would not take one of its folders; its INBOX is in order. The target does something to what
 * it holds whenever it has stored more.
 */
const failedForAFolder = async (spoil: (target: FakeMailServer) => void = () => undefined) => {
  const [source, target] = [new FakeMailServer(), new FakeMailServer()];
  const pair = new FakeMailServerPair(source, target);
  let takesFolders = false;
  const world = await CopyWorld.with({
    enter: async (server, as) => {
      const session = await pair.enter(server, as);
      if (server.side === "source") return session;
      const [append, createFolder] = [session.append.bind(session), session.createFolder.bind(session)];
      return Object.assign(session, {
        append: async (...given: Parameters<typeof append>) => {
          const outcomes = await append(...given);
          spoil(target);
          return outcomes;
        },
        createTogether: async () => [],
        createFolder: async (segments: readonly string[]) => {
          if (takesFolders) return createFolder(segments);
          const { mailbox } = as;
          const evidence = { folder: segments.join("/"), mailbox, side: "target", words: "not now" } as const;
          throw new MailferryError("FolderUnusable", evidence);
        },
      });
    },
  });
  source.add("INBOX", mail("one"));
  source.create("Work");
  source.add("Work", mail("at work"));
  await world.startPass();
  await world.workOff();
  expect((await world.state()).state).toMatchObject({ status: "failed", error: { name: "FolderUnusable" } });
  expect(await world.mailboxes.summaries(world.account)).toMatchObject([{ sourcePath: "INBOX", source: 1 }]);
  const again = async () => {
    takesFolders = true;
    await startAccounts(world, { migrationId: exampleId }, [world.account.address]);
    await world.workOff();
    return world.state();
  };
  return { source, again };
};

describe("a mailbox that begins the same pass once more, some of its folders in order already,", () => {
  it("has the mail verified that came to those folders meanwhile", async () => {
    const { source, again } = await failedForAFolder();
    source.add("INBOX", mail("two"));
    const { state, totals } = await again();
    expect(state).toMatchObject({ status: "completed", copiedInPass: 2 });
    expect(totals?.verification).toMatchObject({ identical: 3, sampled: 3 });
  });

  it("has failed where the target does not hold that mail as it was", async () => {
    const { source, again } = await failedForAFolder((target) => {
      const { messages } = target.folder("INBOX");
      for (const message of messages.slice(1)) message.raw = message.raw.slice(0, -4);
    });
    source.add("INBOX", mail("two"));
    const { state } = await again();
    expect(state).toMatchObject({ status: "failed", error: { name: "MailboxUnbalanced" } });
  });
});
