import { describe, expect, it } from "vitest";
import { UidValidity } from "../../shared/contract/ids.ts";
import { fullestBatch } from "../../shared/copy/form-batches.ts";
import type { Login, MailSession, ServerAddress } from "../../shared/ports/mail-server.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { instead } from "../support/instead.ts";
import { type Trip, Tripwire } from "../support/tripwire.ts";
import { untilDone } from "../support/until-done.ts";

const subjects = ["one", "two", "three", "four"];
const withStatus = ["IMAP4rev1", "UIDPLUS", "CONDSTORE", "LIST-STATUS"];

interface Change {
  readonly name: string;
  /** Happens while the first messages are being fetched, when they have just been stored, or when the source was surveyed behind them. */
  readonly when: "fetch" | "append" | "survey";
  readonly change: (source: FakeMailServer) => void;
  readonly messages: { readonly source: number; readonly copied: number };
  /** How often a message of the source is asked for its size or its metadata. */
  readonly looks: number;
}

const changes: readonly Change[] = [
  {
    name: "nothing changes",
    when: "append",
    change: () => undefined,
    messages: { source: 4, copied: 4 },
    looks: 1,
  },
  {
    name: "flags change after their message was copied",
    when: "append",
    change: (source) => source.setFlags("INBOX", 2, ["\\Flagged", "\\Seen"]),
    messages: { source: 4, copied: 4 },
    looks: 2,
  },
  {
    name: "flags change before their message is copied",
    when: "fetch",
    change: (source) => source.setFlags("INBOX", 3, ["\\Answered"]),
    messages: { source: 4, copied: 4 },
    looks: 2,
  },
  {
    name: "flags change behind the last survey of the source",
    when: "survey",
    change: (source) => source.setFlags("INBOX", 2, ["\\Flagged"]),
    messages: { source: 4, copied: 4 },
    looks: 2,
  },
  {
    name: "a message is expunged before it is copied",
    when: "fetch",
    change: (source) => source.remove("INBOX", 4),
    messages: { source: 3, copied: 3 },
    looks: 2,
  },
  {
    name: "a message comes, which is left to the next pass",
    when: "append",
    change: (source) => {
      source.add("INBOX", mail("five"), ["\\Seen"]);
    },
    messages: { source: 4, copied: 4 },
    looks: 2,
  },
];

const visited = async (
  { when, change }: Change,
  { capabilities = withStatus, trip = null }: { capabilities?: readonly string[]; trip?: Trip | null } = {},
) => {
  const ends = {
    source: new FakeMailServer({ capabilities }),
    target: new FakeMailServer({ capabilities: withStatus }),
  };
  for (const subject of subjects) ends.source.add("INBOX", mail(subject), ["\\Seen"]);
  const servers = new FakeMailServerPair(ends.source, ends.target);
  let isChanged = false;
  let looks = 0;
  const happen = (): void => {
    if (!isChanged) change(ends.source);
    isChanged = true;
  };
  const enter = async (server: ServerAddress, login: Login): Promise<MailSession> => {
    const session = await servers.enter(server, login);
    if (server.side === "source") {
      const metadata: MailSession["metadata"] = async (path, uids) => {
        looks += 1;
        return session.metadata(path, uids);
      };
      const sizes: MailSession["sizes"] = async (path, uids) => {
        looks += 1;
        return session.sizes(path, uids);
      };
      const fetch: MailSession["fetch"] = async function* (path, uids) {
        if (when === "fetch") happen();
        yield* session.fetch(path, uids);
      };
      let surveys = 0;
      const survey: MailSession["survey"] = async () => {
        const surveyed = await session.survey();
        surveys += 1;
        if (when === "survey" && surveys === 2) happen();
        return surveyed;
      };
      return instead(session, { metadata, sizes, fetch, survey });
    }
    const append: MailSession["append"] = async (path, messages) => {
      const outcomes = await session.append(path, messages);
      if (when === "append" && messages.length > 1) happen();
      return outcomes;
    };
    return instead(session, { append });
  };
  const world = await CopyWorld.with({ enter });
  world.visitMilliseconds = 60_000;
  const wire = new Tripwire();
  wire.arm(trip);
  wire.takeOver = () => world.takeOver();
  await world.startPass();
  await untilDone(world, wire);
  return { ...ends, world, looks: () => looks, calls: wire.calls };
};

/** What the target holds is what the source holds by now, but for what came during the visit. */
const expectEnd = async ({ source, target, world }: Awaited<ReturnType<typeof visited>>, of: Change) => {
  const { state, totals } = await world.state();
  expect(state).toMatchObject({ status: "completed" });
  expect(totals?.messages).toEqual({ ...of.messages, alreadyThere: 0, refused: 0 });
  const planned = source.content().INBOX?.filter((message) => !message.includes("five"));
  expect(target.content().INBOX).toEqual(planned);
};

describe.each(changes)("a visit during which $name", (change) => {
  it("ends with both sides alike as they are by then", async () => {
    const run = await visited(change);
    await expectEnd(run, change);
    expect(run.looks()).toBe(change.looks);
  });

  it("ends so without CONDSTORE, where what was read once is read again", async () => {
    const run = await visited(change, { capabilities: ["IMAP4rev1", "UIDPLUS"] });
    await expectEnd(run, change);
    expect(run.looks()).toBe(2);
  });

  it.each(["death", "lost connection", "takeover"] as const)(
    "ends so after a %s at any call",
    async (fault) => {
      const { calls } = await visited(change);
      expect(calls).toBeGreaterThan(20);
      for (let call = 1; call <= calls; call += 1) {
        await expectEnd(await visited(change, { trip: { call, moment: "after", fault } }), change);
        if (fault !== "takeover")
          await expectEnd(await visited(change, { trip: { call, moment: "before", fault } }), change);
      }
    },
  );

  it("leaves the next pass nothing but what came", async () => {
    const { world, source, target, looks } = await visited(change);
    const before = looks();
    await world.startPass();
    await world.workOff();
    const came = source.content().INBOX?.length === target.content().INBOX?.length;
    expect(came).toBe(true);
    expect((await world.state()).state).toMatchObject({ status: "completed" });
    // What came is looked at once; where it did not, nothing is.
    expect(looks() - before).toBe(change.name.startsWith("a message comes") ? 1 : 0);
  });
});

describe("a visit to a folder of several batches", () => {
  it("compares each of them with what it has read of it", async () => {
    const source = new FakeMailServer({ capabilities: withStatus });
    const target = new FakeMailServer();
    const count = fullestBatch.messages + 10;
    for (let number = 1; number <= count; number += 1) source.add("INBOX", mail(`mail ${number}`));
    const world = await CopyWorld.with(new FakeMailServerPair(source, target));
    world.visitMilliseconds = 60_000;
    await world.startPass();
    await world.workOff();
    const { state, totals } = await world.state();
    expect(state).toMatchObject({ status: "completed" });
    expect(totals?.verification).toMatchObject({ identical: count, unexplained: 0 });
    expect((await world.mailboxes.batches(world.account)).length).toBe(2);
  });
});

describe("a comparison that has begun when the target's folder turns out to be another one", () => {
  it("is waited for, so that nothing of it is under way when the sessions are left", async () => {
    const ends = {
      source: new FakeMailServer({ capabilities: withStatus }),
      target: new FakeMailServer({ capabilities: withStatus }),
    };
    for (const subject of subjects) ends.source.add("INBOX", mail(subject));
    const servers = new FakeMailServerPair(ends.source, ends.target);
    let underWay = 0;
    const left: number[] = [];
    const enter = async (server: ServerAddress, login: Login): Promise<MailSession> => {
      const session = await servers.enter(server, login);
      if (server.side === "source") return session;
      const metadata: MailSession["metadata"] = async (path, uids) => {
        underWay += 1;
        for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
        underWay -= 1;
        return session.metadata(path, uids);
      };
      const folderStatus: MailSession["folderStatus"] = async (path) => {
        const status = await session.folderStatus(path);
        return status === null ? null : { ...status, uidValidity: UidValidity.parse("4711") };
      };
      const leave = async (): Promise<void> => {
        left.push(underWay);
        return session.leave();
      };
      return instead(session, { metadata, folderStatus, leave });
    };
    const world = await CopyWorld.with({ enter });
    world.visitMilliseconds = 60_000;
    await world.startPass();
    await world.workOff();
    expect((await world.state()).state).toMatchObject({
      status: "failed",
      error: { name: "FolderReplaced", evidence: { side: "target" } },
    });
    expect(left).toEqual([0]);
  });
});
