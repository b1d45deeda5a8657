import { describe, expect, it } from "vitest";
import type { HeldSettings } from "../../shared/contract/settings.ts";
import type { MailSession, RawMessage } from "../../shared/ports/mail-server.ts";
import { mail } from "../support/copy-scenarios.ts";
import { emptyMailbox, isInOrder, leftOver } from "../support/left-over.ts";
import { type Trip, Tripwire } from "../support/tripwire.ts";
import { untilDone } from "../support/until-done.ts";

const limit = 1_000_000;
/** Of which two are within the limit. */
const large = "x".repeat(400_000);
const small = "y".repeat(1_000);

const limited: readonly (readonly [string, Partial<HeldSettings["copy"]>])[] = [
  ["the mailbox", { bytesPerDayPerMailbox: limit }],
  ["its old server", { bytesPerDay: limit }],
];

type Mailbox = Awaited<ReturnType<typeof emptyMailbox>>;

/** What has been charged for the mailbox, or for its old server, by now. */
const charged = ({ world }: Mailbox): number => {
  const records = [...world.pace.amounts.values(), ...world.pace.slots.values()];
  return Math.max(...records.map(({ bytes }) => bytes));
};

/** Octets that the source holds. */
const octets = ({ source }: Mailbox): number =>
  [...source.folders.values()]
    .flatMap(({ messages }) => messages)
    .reduce((sum, { raw }) => sum + raw.length, 0);

describe.each(limited)("where octets are counted by the day for %s", (_whose, copy) => {
  it("a mailbox that a day holds is planned, copied and completed with one login, and charged once", async () => {
    const mailbox = await emptyMailbox(copy);
    const { source, world, entered } = mailbox;
    for (const subject of ["one", "two", "three"]) source.add("INBOX", mail(subject, small));
    world.visitMilliseconds = 60_000;
    await world.startPass();
    await world.workOff(world, undefined, 1);
    expect(await isInOrder(mailbox)).toBe(true);
    expect(entered.toSorted()).toEqual(["source", "target"]);
    expect(charged(mailbox)).toBe(octets(mailbox));
    expect(world.pace.holders).toEqual([]);
  });

  it("a visit goes on as far as the day goes, and what is left goes on the next day", async () => {
    const mailbox = await leftOver(copy, undefined, [large, large, large]);
    const { world, target, entered } = mailbox;
    await world.workOff(world, undefined, 1);
    expect(target.appended).toBe(2);
    expect(charged(mailbox)).toBe(2 * mail("number 1", large).length);
    // The second one's own message logs in for nothing, and the third one's not before midnight.
    entered.length = 0;
    await world.workOff(world, undefined, 2);
    expect(entered).toEqual([]);
    expect((await world.state()).state).toMatchObject({ waiting: { reason: "dailyBytes" } });
    await world.workOff();
    expect(world.clock.now().slice(0, 10)).toBe("2026-11-23");
    expect(await isInOrder(mailbox)).toBe(true);
  });

  it("nothing overtakes a batch that the day does not hold", async () => {
    const mailbox = await leftOver(copy, undefined, [large, "z".repeat(900_000), small]);
    const { world, target } = mailbox;
    await world.workOff(world, undefined, 1);
    expect(target.appended).toBe(1);
    await world.workOff();
    expect(await isInOrder(mailbox)).toBe(true);
    expect(target.content()).toEqual(mailbox.source.content());
  });

  it("a plan leaves to the next day what today does not hold, without a login for it", async () => {
    const mailbox = await emptyMailbox(copy);
    const { source, world, target, entered } = mailbox;
    world.visitMilliseconds = 60_000;
    source.add("INBOX", mail("one", "x".repeat(700_000)));
    await world.startPass();
    await world.workOff();
    source.add("INBOX", mail("two", "y".repeat(700_000)));
    await world.startPass();
    await world.workOff(world, undefined, 1);
    entered.length = 0;
    await world.workOff(world, undefined, 1);
    expect(entered).toEqual([]);
    expect(target.appended).toBe(1);
    await world.workOff();
    expect(await isInOrder(mailbox)).toBe(true);
    expect(world.clock.now().slice(0, 10)).toBe("2026-11-23");
  });
});

describe("a visit whose connection has run out meanwhile and is somebody else's", () => {
  it("begins with nothing further, and leaves that one alone", async () => {
    const mailbox = await leftOver({ bytesPerDay: limit });
    const { world, target } = mailbox;
    const { pace } = world;
    const replaceSlot = pace.replaceSlot.bind(pace);
    pace.replaceSlot = async (previous, next) => {
      // One that is held is held on to with more: its holder goes on.
      if (previous !== null && previous.holder === next.holder)
        await replaceSlot(previous, { ...previous, holder: "other" });
      return replaceSlot(previous, next);
    };
    await world.workOff(world, undefined, 1);
    expect(target.appended).toBe(1);
    expect(pace.holders).toEqual(["other"]);
  });
});

/** The source's sessions, with what they were asked to give of bodies, whether or not they are held. */
const counting = () => {
  const counted = { octets: 0 };
  const otherwise = (session: MailSession): Partial<MailSession> => ({
    fetch: async function* (path, uids): AsyncGenerator<RawMessage> {
      for await (const message of session.fetch(path, uids)) {
        counted.octets += message.raw.length;
        yield message;
      }
    },
    digests: async (path, uids) => {
      for (const { size } of await session.sizes(path, uids)) counted.octets += size;
      return session.digests(path, uids);
    },
  });
  return { counted, otherwise };
};

describe("a mailbox whose octets are all compared", () => {
  /** Runs it to its end; `charges` has the octets that were charged by day, `total` all of them, and `fetched` those that the source gave. */
  const passOf = async (trip: Trip | null) => {
    const { counted, otherwise } = counting();
    const mailbox = await leftOver({ bytesPerDayPerMailbox: limit, verify: "full" }, otherwise, [
      large,
      large,
      large,
    ]);
    const { world } = mailbox;
    const charges = new Map<string, number>();
    const { pace } = world;
    const replaceFetched = pace.replaceFetched.bind(pace);
    pace.replaceFetched = async (previous, next) => {
      const isCounted = await replaceFetched(previous, next);
      if (isCounted) charges.set(next.day, next.bytes);
      return isCounted;
    };
    const wire = new Tripwire();
    wire.arm(trip);
    wire.takeOver = () => world.takeOver();
    await untilDone(world, wire);
    const total = [...charges.values()].reduce((sum, bytes) => sum + bytes, 0);
    return { mailbox, charges, total, fetched: counted.octets, calls: wire.calls };
  };

  it("has that charged too, and waits for a day that holds it", async () => {
    const { mailbox, charges, total, fetched } = await passOf(null);
    expect(await isInOrder(mailbox)).toBe(true);
    const one = mail("number 1", large).length;
    expect([...charges]).toEqual([
      ["2026-11-22", 2 * one],
      ["2026-11-23", one],
      // More than a day's amount is fetched on a day that has fetched nothing.
      ["2026-11-24", 3 * one],
    ]);
    expect(fetched).toBe(total);
  });

  it("is completed in the visit that copied it where the day holds both", async () => {
    const mailbox = await emptyMailbox({ bytesPerDayPerMailbox: limit, verify: "full" });
    const { source, world } = mailbox;
    source.add("INBOX", mail("one", small));
    world.visitMilliseconds = 60_000;
    await world.startPass();
    await world.workOff(world, undefined, 1);
    expect(await isInOrder(mailbox)).toBe(true);
    expect(charged(mailbox)).toBe(2 * octets(mailbox));
  });

  it("is completed the next day where the day holds its copying alone", async () => {
    const mailbox = await emptyMailbox({ bytesPerDayPerMailbox: limit, verify: "full" });
    const { source, world, target } = mailbox;
    source.add("INBOX", mail("one", "x".repeat(700_000)));
    world.visitMilliseconds = 60_000;
    await world.startPass();
    await world.workOff(world, undefined, 1);
    expect(target.appended).toBe(1);
    expect((await world.state()).state).toMatchObject({ status: "copying" });
    // Lost along with the rest of its pass, it is due in the next one, which has nothing to copy.
    world.workQueue.waiting.length = 0;
    await world.startPass();
    await world.workOff(world, undefined, 1);
    expect((await world.state()).state).toMatchObject({ status: "copying" });
    await world.workOff();
    expect(await isInOrder(mailbox)).toBe(true);
    expect(world.clock.now().slice(0, 10)).toBe("2026-11-23");
  });

  it.each(["death", "lost connection"] as const)(
    "never fetches what was not charged, after a %s at any call",
    async (fault) => {
      const { calls } = await passOf(null);
      const bad: string[] = [];
      for (let call = 1; call <= calls; call += 1) {
        for (const moment of ["before", "after"] as const) {
          const { mailbox, total, fetched } = await passOf({ call, moment, fault });
          if (!(await isInOrder(mailbox)) || fetched > total)
            bad.push(`${fault} ${moment} call ${call} of ${calls}`);
        }
      }
      expect(bad).toEqual([]);
    },
  );

  it("ends the same when another worker takes over at any call and the first one goes on afterwards", async () => {
    const { calls } = await passOf(null);
    const bad: string[] = [];
    for (let call = 1; call <= calls; call += 1) {
      const { mailbox, total, fetched } = await passOf({ call, moment: "after", fault: "takeover" });
      if (!(await isInOrder(mailbox)) || fetched > total)
        bad.push(`takeover after call ${call} of ${calls}: ${fetched} ${total}`);
    }
    expect(bad).toEqual([]);
  });
});
