import { describe, expect, it } from "vitest";
import type { Login, MailSession, ServerAddress } from "../../shared/ports/mail-server.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { instead } from "../support/instead.ts";
import { type Trip, Tripwire } from "../support/tripwire.ts";
import { untilDone } from "../support/until-done.ts";

const folders = ["INBOX", "Bills", "Letters", "Sent"];

const filled = () => {
  const [source, target] = [new FakeMailServer(), new FakeMailServer()];
  for (const path of folders) {
    if (path !== "INBOX") source.create(path);
    for (const subject of ["one", "two"]) source.add(path, mail(`${path} ${subject}`));
  }
  return { source, target };
};

/** Sessions on these servers, of which one side does some things in another way. */
const servers = (
  { source, target }: ReturnType<typeof filled>,
  side: ServerAddress["side"],
  otherwise: (session: MailSession) => Partial<MailSession>,
) => {
  const pair = new FakeMailServerPair(source, target);
  return {
    enter: async (server: ServerAddress, login: Login): Promise<MailSession> => {
      const session = await pair.enter(server, login);
      return server.side === side ? instead(session, otherwise(session)) : session;
    },
  };
};

const expectEnd = async ({ source, target }: ReturnType<typeof filled>, world: CopyWorld): Promise<void> => {
  const { state, totals } = await world.state();
  expect(state).toMatchObject({ status: "completed" });
  expect(totals?.verification).toMatchObject({ unexplained: 0 });
  expect(target.content()).toEqual(source.content());
};

describe("the folders of one batch", () => {
  it("go out on each other's heels: no answer of the target is waited for before the last of them is sent", async () => {
    const ends = filled();
    const sent: string[] = [];
    const all = Promise.withResolvers<void>();
    const world = await CopyWorld.with(
      servers(ends, "target", (session) => ({
        append: async (path, messages) => {
          sent.push(path);
          if (sent.length === folders.length) all.resolve();
          await all.promise;
          return session.append(path, messages);
        },
      })),
    );
    await world.startPass();
    await world.workOff();
    expect(sent).toEqual(folders);
    await expectEnd(ends, world);
  });

  it("are asked for on each other's heels, before anything of the first has come", async () => {
    const ends = filled();
    const asked: string[] = [];
    const all = Promise.withResolvers<void>();
    const world = await CopyWorld.with(
      servers(ends, "source", (session) => ({
        fetch: async function* (path, uids) {
          asked.push(path);
          if (asked.length === folders.length) all.resolve();
          await all.promise;
          yield* session.fetch(path, uids);
        },
      })),
    );
    await world.startPass();
    await world.workOff();
    expect(asked.slice(0, folders.length)).toEqual(folders);
    await expectEnd(ends, world);
  });

  const worked = async (trip: Trip | null) => {
    const ends = filled();
    const wire = new Tripwire();
    wire.arm(trip);
    const world = await CopyWorld.with(new FakeMailServerPair(ends.source, ends.target));
    wire.takeOver = () => world.takeOver();
    world.visitMilliseconds = 60_000;
    await world.startPass();
    await untilDone(world, wire);
    return { ends, world, calls: wire.calls };
  };

  it.each(["death", "lost connection", "takeover"] as const)(
    "end the same after a %s at any call",
    async (fault) => {
      const { calls } = await worked(null);
      expect(calls).toBeGreaterThan(40);
      for (let call = 1; call <= calls; call += 1) {
        for (const moment of ["before", "after"] as const) {
          if (fault === "takeover" && moment === "before") continue;
          const { ends, world } = await worked({ call, moment, fault });
          await expectEnd(ends, world);
        }
      }
    },
  );

  it("end the same where the target loses the connection over one while others are under way", async () => {
    for (const lost of folders) {
      const ends = filled();
      let isLost = false;
      const world = await CopyWorld.with(
        servers(ends, "target", (session) => ({
          append: async (path, messages) => {
            const outcomes = await session.append(path, messages);
            if (path !== lost || isLost) return outcomes;
            isLost = true;
            return messages.map(() => ({ outcome: "unknown", reason: "the answer was lost" }) as const);
          },
        })),
      );
      await world.startPass();
      await world.workOff();
      expect(isLost).toBe(true);
      await expectEnd(ends, world);
    }
  });

  it("are copied without one that the target has replaced since it was planned, wherever it stands", async () => {
    for (const replaced of folders) {
      const ends = filled();
      const world = await CopyWorld.with(new FakeMailServerPair(ends.source, ends.target));
      world.visitMilliseconds = 0;
      await world.startPass();
      await world.workOff(world, undefined, 1);
      ends.target.replaceUidValidity(replaced);
      await world.workOff();
      expect((await world.state()).state).toMatchObject({
        status: "failed",
        error: { name: "FolderReplaced" },
      });
      expect(ends.target.content()).toEqual({ ...ends.source.content(), [replaced]: [] });
      await world.startPass();
      await world.workOff();
      await expectEnd(ends, world);
    }
  });
});
