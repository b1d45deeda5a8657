import { describe, expect, it } from "vitest";
import { behind, ended, inOrder, lateWorld, nextPass } from "../support/late-world.ts";
import { type Trip, Tripwire } from "../support/tripwire.ts";
import { untilDone } from "../support/until-done.ts";

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
    await untilDone(scene.world, wire);
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
