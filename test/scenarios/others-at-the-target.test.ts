import { describe, expect, it } from "vitest";
import type { MailboxWork } from "../../events/mailbox-work.ts";
import { mail } from "../support/copy-scenarios.ts";
import type { CopyWorld } from "../support/copy-world.ts";
import type { FakeMailServer } from "../support/fake-mail-server.ts";
import { behind, ended, inOrder, lateWorld, nextPass } from "../support/late-world.ts";
import { inDrain } from "../support/migration-example.ts";
import { over } from "../support/over.ts";
import { type Trip, Tripwire } from "../support/tripwire.ts";
import { untilDone } from "../support/until-done.ts";

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
    const scene = await lateWorld({ migration: inDrain({ kind: "final" }) });
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
      await untilDone(world, wire, ports);
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
