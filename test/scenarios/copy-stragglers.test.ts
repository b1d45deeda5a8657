import { describe, expect, it } from "vitest";
import type { MailboxWork } from "../../events/mailbox-work.ts";
import type { Migration } from "../../shared/contract/migration.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServer, type FakeServerOptions } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { Interruption } from "../support/interruptions.ts";
import { LateServer } from "../support/late-server.ts";
import { exampleAccount, inHistory, inSwitch } from "../support/migration-example.ts";
import { over } from "../support/over.ts";
import { type Trip, Tripwire } from "../support/tripwire.ts";

const draining = inSwitch({
  pass: { ...inSwitch().pass, kind: "final", fannedOut: true },
  switch: { stage: "draining", verifiedAt: inSwitch().createdAt, drainUntil: inSwitch().createdAt },
});

interface Differing {
  readonly target?: FakeServerOptions;
  readonly migration?: Migration;
}

/** A mailbox with twins whose only chunk is sent over a connection that is lost. */
const lateWorld = async ({
  target: options = {},
  migration = inHistory({ fannedOut: true }),
}: Differing = {}) => {
  const [source, target] = [new FakeMailServer(), new FakeMailServer(options)];
  for (const subject of ["one", "two", "twin", "twin"]) source.add("INBOX", mail(subject), ["\\Seen"]);
  target.add("INBOX", mail("somebody's"));
  const late = new LateServer(new FakeMailServerPair(source, target), target);
  const world = await CopyWorld.with(late, exampleAccount(1), migration);
  late.losing = 1;
  await world.startPass();
  return { source, target, late, world };
};
type Late = Awaited<ReturnType<typeof lateWorld>>;

/** Lets something happen when the first work of a kind is done. */
const behind = ({ world }: Late, kind: MailboxWork["work"], act: () => void): void => {
  let isDue = true;
  world.afterWork = ({ work }) => {
    if (work !== kind || !isDue) return;
    isDue = false;
    act();
  };
};
const ended = async ({ world, target }: Late) => {
  const { state, totals } = await world.state();
  const { messages } = target.folder("INBOX");
  return { status: state.status, counts: totals?.messages, held: messages.length };
};
const inOrder = {
  status: "completed",
  counts: { source: 4, copied: 4, alreadyThere: 0, refused: 0 },
  held: 5,
} as const;
const nextPass = async ({ world }: Late): Promise<void> => {
  await world.startPass();
  await world.workOff();
};

describe("a target that stores what was sent to it after everybody has looked", () => {
  it("holds every message once when it does so before the pass is completed", async () => {
    const scene = await lateWorld();
    behind(scene, "copy", () => scene.late.storeAll());
    await scene.world.workOff();
    expect(scene.target.appended).toBe(4);
    expect(await ended(scene)).toEqual(inOrder);
    await nextPass(scene);
    expect(await ended(scene)).toEqual(inOrder);
    expect(scene.target.appended).toBe(4);
  });

  it("holds every message once when it does so between that pass and the next", async () => {
    const scene = await lateWorld();
    await scene.world.workOff();
    scene.late.storeAll();
    expect(await ended(scene)).toEqual({ ...inOrder, held: 9 });
    await nextPass(scene);
    expect(await ended(scene)).toEqual(inOrder);
  });

  it("holds every message once when the connection was lost twice", async () => {
    const scene = await lateWorld();
    scene.late.losing = 2;
    behind(scene, "copy", () => scene.late.storeAll());
    await scene.world.workOff();
    expect(await ended(scene)).toEqual(inOrder);
  });

  it("marks what it cannot expunge by itself, and is asked no more", async () => {
    const scene = await lateWorld({ target: { capabilities: ["IMAP4rev1", "CONDSTORE"] } });
    behind(scene, "copy", () => scene.late.storeAll());
    await scene.world.workOff();
    for (let pass = 0; pass < 2; pass += 1) {
      expect(await ended(scene)).toEqual({ ...inOrder, held: 9 });
      const deleted = scene.target
        .folder("INBOX")
        .messages.filter(({ flags }) => flags.includes("\\Deleted"));
      expect(deleted).toHaveLength(4);
      await nextPass(scene);
    }
  });
});

describe("a pass that removes what was stored late", () => {
  const run = async (trip: Trip | null) => {
    const scene = await lateWorld();
    behind(scene, "copy", () => scene.late.storeAll());
    const wire = new Tripwire();
    wire.arm(trip);
    wire.takeOver = () => scene.world.takeOver();
    try {
      await scene.world.workOff(wire.string(scene.world));
    } catch (thrown) {
      if (!(thrown instanceof Interruption)) throw thrown;
      wire.revive();
      await scene.world.workOff(wire.string(scene.world));
    }
    return { calls: wire.calls, end: await ended(scene) };
  };

  it.each(["death", "lost connection", "takeover"] as const)(
    "ends the same after a %s at any call",
    async (fault) => {
      const whole = await run(null);
      expect(whole.end).toEqual(inOrder);
      for (let call = 1; call <= whole.calls; call += 1) {
        for (const moment of fault === "takeover" ? (["after"] as const) : (["before", "after"] as const)) {
          const { end } = await run({ call, moment, fault });
          expect(end, `${fault} ${moment} call ${call} of ${whole.calls}`).toEqual(whole.end);
        }
      }
    },
  );
});

describe("what others put into the target beside mailferry's messages", () => {
  const seen = ["\\Seen"];
  it.each([
    ["the same text, delivered on another day", mail("one"), seen, "2026-11-22T10:00:00.000Z"],
    ["the same text with a trace of its own", `Received: by target\r\n${mail("one")}`, seen, undefined],
    ["other mail of the same size", mail("six"), seen, undefined],
  ] as const)("stays: %s", async (_name, raw, flags, date) => {
    const scene = await lateWorld();
    behind(scene, "copy", () => {
      scene.target.add("INBOX", raw, flags, date);
    });
    await scene.world.workOff();
    expect(await ended(scene)).toEqual({ ...inOrder, held: 6 });
  });

  it("stays, and is said, when it is a copy that somebody marked", async () => {
    const scene = await lateWorld();
    behind(scene, "copy", () => {
      scene.target.add("INBOX", mail("one"), ["\\Seen", "\\Flagged"]);
    });
    await scene.world.workOff();
    expect(await ended(scene)).toEqual({ ...inOrder, status: "failed", held: 6 });
    expect((await scene.world.state()).state).toMatchObject({
      error: { name: "MessagesDoubled", evidence: { folder: "INBOX", count: 1 } },
    });
  });

  it("stays as far as it is more than the attempts can have sent", async () => {
    const scene = await lateWorld();
    behind(scene, "copy", () => {
      for (let copy = 0; copy < 2; copy += 1) scene.target.add("INBOX", mail("one"), ["\\Seen"]);
    });
    await scene.world.workOff();
    expect(await ended(scene)).toEqual({ ...inOrder, status: "failed", held: 6 });
  });

  it("stays where no connection was lost", async () => {
    const scene = await lateWorld();
    scene.late.losing = 0;
    behind(scene, "copy", () => {
      scene.target.add("INBOX", mail("one"), ["\\Seen"]);
    });
    await scene.world.workOff();
    expect(await ended(scene)).toEqual({ ...inOrder, held: 6 });
  });

  it("stays once people work at the target, is said in this pass and the next, and keeps nobody waiting for ever", async () => {
    const scene = await lateWorld({ migration: draining });
    behind(scene, "copy", () => scene.late.storeAll());
    await scene.world.workOff();
    for (let pass = 0; pass < 2; pass += 1) {
      expect((await scene.world.state()).state).toMatchObject({
        status: "failed",
        error: { name: "MessagesDoubled", evidence: { folder: "INBOX", count: 4 } },
      });
      await nextPass(scene);
    }
    expect(await ended(scene)).toEqual({ ...inOrder, held: 9 });
  });
});

/** Servers on which somebody acts once, at the moment when mailferry removes messages. */
const interfering = (servers: CopyWorld["mailServers"], act: () => void): CopyWorld["mailServers"] => {
  let isDue = true;
  return {
    enter: async (server, login) => {
      const session = await servers.enter(server, login);
      const remove: typeof session.remove = async (path, uids) => {
        if (isDue) act();
        isDue = false;
        await session.remove(path, uids);
      };
      return new Proxy(session, {
        get: (inner, name): unknown => {
          const member: unknown = name === "remove" ? remove : Reflect.get(inner, name, inner);
          return typeof member === "function" && name !== "remove" ? member.bind(inner) : member;
        },
      });
    },
  };
};

describe.each([
  ["expunges", (target: FakeMailServer) => target.remove("INBOX", 2)],
  ["marks as deleted", (target: FakeMailServer) => target.setFlags("INBOX", 2, ["\\Seen", "\\Deleted"])],
] as const)("a person who %s one of two while mailferry removes the other", (_how, act) => {
  const run = async (arrival: MailboxWork["work"], trip: Trip | null) => {
    const scene = await lateWorld();
    const { world, source, target } = scene;
    behind(scene, arrival, () => scene.late.storeAll());
    const wire = new Tripwire();
    wire.arm(trip);
    const ports = wire.string(
      over(world, { mailServers: interfering(world.mailServers, () => act(target)) }),
    );
    const statuses: string[] = [];
    for (let pass = 1; pass <= 4; pass += 1) {
      if (pass > 1) await world.startPass();
      try {
        await world.workOff(ports);
      } catch (thrown) {
        if (!(thrown instanceof Interruption)) throw thrown;
        wire.revive();
        await world.workOff(ports);
      }
      statuses.push((await world.state()).state.status);
    }
    const alive = target.folder("INBOX").messages.filter(({ flags }) => !flags.includes("\\Deleted"));
    const texts = alive.map(({ raw }) => new TextDecoder().decode(raw)).sort();
    const wanted = source.folder("INBOX").messages.map(({ raw }) => new TextDecoder().decode(raw));
    return { calls: wire.calls, statuses, texts, wanted: [...wanted, mail("somebody's")].sort() };
  };

  it.each([
    ["in the same pass", "copy", ["failed", "completed", "completed", "completed"]],
    ["in the next one", "complete", ["completed", "failed", "completed", "completed"]],
  ] as const)("is given the message anew, %s", async (_when, arrival, expected) => {
    const { statuses, texts, wanted } = await run(arrival, null);
    expect(statuses).toEqual(expected);
    expect(texts).toEqual(wanted);
  });

  it.each(["copy", "complete"] as const)(
    "loses nothing when the worker dies besides, behind the %s",
    async (arrival) => {
      const { calls } = await run(arrival, null);
      for (let call = 1; call <= calls; call += 1) {
        for (const moment of ["before", "after"] as const) {
          const { statuses, texts, wanted } = await run(arrival, { call, moment, fault: "death" });
          expect(statuses.at(-1)).toBe("completed");
          expect(texts, `death ${moment} call ${call} of ${calls}`).toEqual(wanted);
        }
      }
    },
  );
});
