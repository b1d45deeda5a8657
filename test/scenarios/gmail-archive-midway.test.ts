import { describe, expect, it } from "vitest";
import { mail } from "../support/copy-scenarios.ts";
import type { CopyWorld } from "../support/copy-world.ts";
import { addLabel, deliver, removeLabel } from "../support/gmail-mailbox.ts";
import { gmailWorld } from "../support/gmail-world.ts";
import { type Trip, Tripwire } from "../support/tripwire.ts";
import { untilDone } from "../support/until-done.ts";

/** What a mailbox comes to in the end. */
interface End {
  readonly content: unknown;
  readonly messages: unknown;
  readonly status: string;
}

/** A message that is archived, labelled and archived again from one pass to the next, one call of all going wrong. */
const toAndFro = async (trip: Trip | null): Promise<{ readonly end: End; readonly calls: number }> => {
  const { source, target, world } = await gmailWorld({ deletions: "propagate" });
  const wire = new Tripwire();
  wire.arm(trip);
  wire.takeOver = () => world.takeOver();
  const ports = wire.string(world);
  const uid = deliver(source, mail("one"));
  deliver(source, mail("two"));
  for (const step of [() => undefined, addLabel, removeLabel]) {
    step(source, uid, "Work");
    await world.startPass();
    await untilDone(world, wire, ports);
  }
  const { state, totals } = await world.state();
  const end = { content: target.content(), messages: totals?.messages, status: state.status };
  return { end, calls: wire.calls };
};

describe("archived mail that changes behind the plan of a pass", () => {
  /** Does something in the next pass when it is planned. */
  const behindPlan = (world: CopyWorld, happens: () => void): void => {
    world.afterWork = ({ work }) => {
      if (work !== "plan") return;
      world.afterWork = () => undefined;
      happens();
    };
  };

  it("is the next pass's when it comes to it", async () => {
    const { source, world, pass, subjects, archive } = await gmailWorld();
    const uid = deliver(source, mail("one"), "Work");
    deliver(source, mail("two"));
    behindPlan(world, () => removeLabel(source, uid, "Work"));
    expect((await pass()).state).toMatchObject({ status: "completed", copiedInPass: 1 });
    expect(await archive()).toMatchObject({ source: 1, copied: 1 });
    await pass();
    expect(subjects("Archive")).toEqual(["one", "two"]);
  });

  it("does not count as copied when it comes back after it was removed from the target", async () => {
    const { source, world, pass, subjects, archive } = await gmailWorld({ deletions: "propagate" });
    const uid = deliver(source, mail("one"));
    await pass();
    addLabel(source, uid, "Work");
    await pass();
    deliver(source, mail("two"), "\\Inbox");
    behindPlan(world, () => removeLabel(source, uid, "Work"));
    expect((await pass()).state.status).toBe("completed");
    expect([subjects("Archive"), await archive()]).toMatchObject([[], { source: 0, copied: 0 }]);
    await pass();
    expect([subjects("Archive"), await archive()]).toMatchObject([["one"], { source: 1, copied: 1 }]);
  });

  it("is looked for again when a label was shown and hidden meanwhile, so that all looks as before", async () => {
    const { source, world, pass, archive } = await gmailWorld();
    const uid = deliver(source, mail("one"), "now and then");
    behindPlan(world, () => {
      removeLabel(source, uid, "now and then");
      source.create("now and then");
      addLabel(source, uid, "now and then");
    });
    await pass();
    expect(await archive()).toMatchObject({ source: 0 });
    source.delete("now and then");
    await pass();
    expect(await archive()).toMatchObject({ source: 1, copied: 1 });
  });
});

describe("archived mail that comes and goes", () => {
  it.each(["death", "lost connection", "takeover"] as const)(
    "ends the same after a %s at any call",
    async (fault) => {
      const whole = await toAndFro(null);
      expect(whole.end).toMatchObject({
        status: "completed",
        messages: { source: 2, copied: 2, alreadyThere: 0, refused: 0 },
      });
      for (let call = 1; call <= whole.calls; call += 1) {
        for (const moment of fault === "takeover" ? (["after"] as const) : (["before", "after"] as const)) {
          const { end } = await toAndFro({ call, moment, fault });
          expect(end, `${fault} ${moment} call ${call} of ${whole.calls}`).toEqual(whole.end);
        }
      }
    },
  );
});
