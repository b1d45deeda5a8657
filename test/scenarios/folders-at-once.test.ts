import { describe, expect, it } from "vitest";
import type { Login, MailSession, ServerAddress } from "../../shared/ports/mail-server.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { instead } from "../support/instead.ts";

const capabilities = ["IMAP4rev1", "UIDPLUS", "CONDSTORE", "LIST-STATUS"];
const count = 40;

/** A pass over a mailbox of forty folders, whose last survey tells of so many messages in each; how many are completed at a time. */
const completedAtOnce = async (messages: number): Promise<number> => {
  const [source, target] = [new FakeMailServer({ capabilities }), new FakeMailServer({ capabilities })];
  for (let number = 0; number < count; number += 1) {
    source.create(`Folder ${number}`);
    source.add(`Folder ${number}`, mail(`number ${number}`));
  }
  const servers = new FakeMailServerPair(source, target);
  let [underWay, most, surveys] = [0, 0, 0];
  const enter = async (server: ServerAddress, login: Login): Promise<MailSession> => {
    const session = await servers.enter(server, login);
    const survey: MailSession["survey"] = async () => {
      const surveyed = await session.survey();
      surveys += 1;
      if (surveys === 1) return surveyed;
      return surveyed.map((folder) => ({
        ...folder,
        status: folder.status === null ? null : { ...folder.status, messages },
      }));
    };
    const folderStatus: MailSession["folderStatus"] = async (path) => {
      underWay += 1;
      most = Math.max(most, underWay);
      for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
      underWay -= 1;
      return session.folderStatus(path);
    };
    return instead(session, server.side === "source" ? { survey } : { folderStatus });
  };
  const world = await CopyWorld.with({ enter });
  world.visitMilliseconds = 60_000;
  await world.startPass();
  await world.workOff();
  const { state, totals } = await world.state();
  expect(state).toMatchObject({ status: "completed", copiedInPass: count });
  expect(totals?.verification).toMatchObject({ identical: count, unexplained: 0 });
  return most;
};

describe("the folders of a mailbox are completed side by side", () => {
  it("as many as is bearable, where they are small", async () => {
    expect(await completedAtOnce(1)).toBe(32);
  });

  it("as far as their messages go, where they are large", async () => {
    expect(await completedAtOnce(20_000)).toBe(8);
  });
});
