import { describe, expect, it } from "vitest";
import { MailferryError } from "../../shared/contract/errors.ts";
import { copyQueue } from "../../shared/contract/queue.ts";
import { workMailbox } from "../../shared/copy/work-mailbox.ts";
import type { Login, MailSession, ServerAddress } from "../../shared/ports/mail-server.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { instead } from "../support/instead.ts";
import { type Trip, Tripwire } from "../support/tripwire.ts";
import { untilDone } from "../support/until-done.ts";

interface Course {
  /** A visit that does everything, or each message of the queue by itself. */
  readonly visitMilliseconds: number;
  /** How many folders come: the next one whenever mail is read, or whenever the folders are looked at. */
  readonly folders: number;
  readonly when?: "fetch" | "survey";
  readonly trip?: Trip | null;
}

/** The plan of a mailbox whose owner makes folders with mail in them during the pass is on the queue. */
const begun = async ({ visitMilliseconds, folders, when = "fetch" }: Course) => {
  const [source, target] = [new FakeMailServer(), new FakeMailServer()];
  source.add("INBOX", mail("one"), ["\\Seen"]);
  source.add("INBOX", mail("two"));
  const servers = new FakeMailServerPair(source, target);
  let come = 0;
  const happen = (at: Course["when"]): void => {
    if (at !== when || come >= folders) return;
    come += 1;
    source.create(`Late ${come}`, { subscribed: true });
    source.add(`Late ${come}`, mail(`in late ${come}`), ["\\Flagged"]);
  };
  const enter = async (server: ServerAddress, login: Login): Promise<MailSession> => {
    const session = await servers.enter(server, login);
    if (server.side === "target") return session;
    const fetch: MailSession["fetch"] = async function* (path, uids) {
      happen("fetch");
      yield* session.fetch(path, uids);
    };
    const survey: MailSession["survey"] = async () => {
      happen("survey");
      return session.survey();
    };
    return instead(session, { fetch, survey });
  };
  const world = await CopyWorld.with({ enter });
  world.visitMilliseconds = visitMilliseconds;
  await world.startPass();
  return { source, target, world };
};

/** That pass, to its end. */
const passed = async ({ trip = null, ...course }: Course) => {
  const { source, target, world } = await begun(course);
  const wire = new Tripwire();
  wire.arm(trip);
  wire.takeOver = () => world.takeOver();
  await untilDone(world, wire);
  return { source, target, world, calls: wire.calls };
};

const expectAll = async ({ source, target, world }: Awaited<ReturnType<typeof passed>>, messages: number) => {
  const { state, totals } = await world.state();
  expect(state).toMatchObject({ status: "completed", copiedInPass: messages });
  expect(totals?.messages).toEqual({ source: messages, copied: messages, alreadyThere: 0, refused: 0 });
  expect(totals?.verification).toMatchObject({ identical: messages, unexplained: 0 });
  expect(target.content()).toEqual(source.content());
};

describe.each([
  { name: "in one visit", visitMilliseconds: 60_000 },
  { name: "in a visit for each piece of work", visitMilliseconds: 0 },
])("a folder with mail that comes during the pass, $name,", ({ visitMilliseconds }) => {
  it.each([1, 2])("is copied by that pass, and each that comes while it is: %i in all", async (folders) => {
    const run = await passed({ visitMilliseconds, folders });
    await expectAll(run, folders + 2);
    expect(Object.keys(run.target.content())).toHaveLength(folders + 1);
  });

  it.each(["death", "lost connection", "takeover"] as const)(
    "is copied once after a %s at any call",
    async (fault) => {
      const { calls } = await passed({ visitMilliseconds, folders: 1 });
      expect(calls).toBeGreaterThan(30);
      for (let call = 1; call <= calls; call += 1) {
        const trip = { call, moment: "after", fault } as const;
        await expectAll(await passed({ visitMilliseconds, folders: 1, trip }), 3);
      }
    },
  );
});

describe("a folder that cannot be opened whenever the mailbox is planned, and can whenever it is completed,", () => {
  it("fails the mailbox in the end, which has nothing else to copy", async () => {
    const [source, target] = [new FakeMailServer(), new FakeMailServer()];
    source.create("Odd");
    source.add("Odd", mail("odd"));
    const servers = new FakeMailServerPair(source, target);
    let asked = 0;
    const enter = async (server: ServerAddress, login: Login): Promise<MailSession> => {
      const session = await servers.enter(server, login);
      if (server.side === "target") return session;
      const survey: MailSession["survey"] = async () =>
        (await session.survey()).map((folder) =>
          folder.path === "Odd" ? { ...folder, status: null } : folder,
        );
      const folderStatus: MailSession["folderStatus"] = async (path) => {
        if (path !== "Odd") return session.folderStatus(path);
        asked += 1;
        if (asked % 2 === 0) return session.folderStatus(path);
        const evidence = { folder: path, mailbox: login.mailbox, side: "source", words: "not now" } as const;
        throw new MailferryError("FolderUnusable", evidence);
      };
      return instead(session, { survey, folderStatus });
    };
    const world = await CopyWorld.with({ enter });
    world.visitMilliseconds = 60_000;
    await world.startPass();
    await world.workOff();
    expect((await world.state()).state).toMatchObject({ status: "failed", error: { name: "FolderLate" } });
    expect(asked).toBe(22);
  });
});

describe("the last attempt at a completion", () => {
  it("leaves the mailbox under way where a folder came late", async () => {
    const { world, source, target } = await begun({ visitMilliseconds: 0, folders: 1 });
    await world.workOff(world, undefined, 2);
    const [work] = world.workQueue.waiting;
    if (work?.work !== "complete") throw new Error("the completion is not next");
    const attempt = { work, messageId: "last", receiveCount: copyQueue.maxReceiveCount };
    await workMailbox(world, {
      ...attempt,
      remainingMilliseconds: () => 300_000,
      visitMilliseconds: 0,
    });
    expect((await world.state()).state).toMatchObject({ status: "copying" });
    await world.workOff();
    expect((await world.state()).state).toMatchObject({ status: "completed", copiedInPass: 3 });
    expect(target.content()).toEqual(source.content());
  });
});

describe.each([
  { name: "in one visit", visitMilliseconds: 60_000, looks: 22 },
  { name: "in a visit for each piece of work", visitMilliseconds: 0, looks: 22 },
])("folders that come faster than they are copied, $name,", ({ visitMilliseconds, looks }) => {
  it("fail the mailbox in the end, and the next pass copies those that are left", async () => {
    const run = await passed({ visitMilliseconds, folders: looks, when: "survey" });
    const { source, target, world } = run;
    const evidence = { folder: `Late ${looks}`, count: 1 };
    expect((await world.state()).state).toMatchObject({
      status: "failed",
      error: { name: "FolderLate", evidence },
    });
    await world.startPass();
    await world.workOff();
    expect((await world.state()).state).toMatchObject({ status: "completed", copiedInPass: 1 });
    expect(target.content()).toEqual(source.content());
  });
});
