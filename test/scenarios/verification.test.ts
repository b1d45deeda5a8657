import { describe, expect, it } from "vitest";
import type { Migration } from "../../shared/contract/migration.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { FakeMailServer } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { exampleAccount, inHistory } from "../support/migration-example.ts";

const inFull = (): Migration => {
  const migration = inHistory({ fannedOut: true });
  const { settings } = migration;
  return { ...migration, settings: { ...settings, copy: { ...settings.copy, verify: "full" } } };
};

/** A world whose target does something to the messages it takes, before they are verified. */
const worldOf = async (tamper: (raw: Uint8Array, number: number) => Uint8Array, migration?: Migration) => {
  const [source, target] = [new FakeMailServer(), new FakeMailServer()];
  const servers = new FakeMailServerPair(source, target);
  let tampered = 0;
  const tampering = {
    enter: async (...entry: Parameters<typeof servers.enter>) => {
      for (const message of target.folder("INBOX").messages.slice(tampered)) {
        message.raw = tamper(message.raw, ++tampered);
      }
      return servers.enter(...entry);
    },
  };
  const world = await CopyWorld.with(tampering, exampleAccount(1), migration);
  const pass = async () => {
    await world.startPass();
    await world.workOff();
    return world.state();
  };
  return { source, target, world, pass };
};

const withLf = (raw: Uint8Array): Uint8Array => raw.filter((octet) => octet !== 13);
const falsified = (raw: Uint8Array): Uint8Array => raw.with(raw.length - 5, 63);

describe("what comparing both sides shows", () => {
  it("is identical for messages that are as they were", async () => {
    const { source, world, pass } = await worldOf((raw) => raw);
    for (let number = 0; number < 20; number += 1) source.add("INBOX", mail(`mail ${number}`));
    const { totals } = await pass();
    expect(totals?.verification).toEqual({
      identical: 20,
      normalised: 0,
      refused: 0,
      unexplained: 0,
      sampled: expect.any(Number),
    });
    expect(totals?.verification?.sampled).toBeGreaterThanOrEqual(8);
    expect((await world.mailboxes.summaries(world.account))[0]?.verification).toEqual(totals?.verification);
  });

  it("is a known normalisation for line ends, and stays one without the message being read again", async () => {
    const { source, world, pass } = await worldOf((raw, number) => (number % 2 === 0 ? withLf(raw) : raw));
    for (let number = 0; number < 20; number += 1) source.add("INBOX", mail(`mail ${number}`));
    expect((await pass()).totals?.verification).toMatchObject({ identical: 10, normalised: 10 });
    source.add("INBOX", mail("odd again"));
    source.remove("INBOX", 2);
    const { state, totals } = await pass();
    expect(state).toMatchObject({ status: "completed", copiedInPass: 1 });
    expect(totals?.verification).toMatchObject({ identical: 11, normalised: 9, unexplained: 0 });
    expect((await world.mailboxes.batches(world.account)).length).toBe(2);
  });

  it("is a known normalisation for NUL, which does not change the size, where the octets are read", async () => {
    const { source, pass } = await worldOf(
      (raw) => raw.map((octet) => (octet === 0 ? 0x80 : octet)),
      inFull(),
    );
    source.add("INBOX", mail("nul", "before\u0000after"));
    source.add("INBOX", mail("plain"));
    const { state, totals } = await pass();
    expect(state).toMatchObject({ status: "completed" });
    expect(totals?.verification).toMatchObject({ identical: 1, normalised: 1, sampled: 2 });
  });

  it("is refused for what the target would not take", async () => {
    const { source, target, pass } = await worldOf((raw) => raw);
    target.refuses = (raw) => (raw.length > 200 ? { code: "TOOBIG", words: "Too big." } : null);
    source.add("INBOX", mail("small"));
    source.add("INBOX", mail("large", "x".repeat(300)));
    const { totals } = await pass();
    expect(totals?.verification).toEqual({
      identical: 1,
      normalised: 0,
      refused: 1,
      unexplained: 0,
      sampled: 1,
    });
  });

  it("is unexplained, and a failure, for another text of the same size in the largest message", async () => {
    const { source, pass } = await worldOf((raw) => (raw.length > 400 ? falsified(raw) : raw));
    for (let number = 0; number < 100; number += 1) source.add("INBOX", mail(`mail ${number}`));
    source.add("INBOX", mail("largest", "x".repeat(500)));
    const { state, totals } = await pass();
    expect(state).toMatchObject({ status: "failed", error: { name: "MailboxUnbalanced" } });
    expect(totals?.verification).toMatchObject({ identical: 100, unexplained: 1 });
  });

  it.each([1, 37, 100])(
    "is unexplained for message %i of a hundred when all octets are compared",
    async (which) => {
      const { source, pass } = await worldOf(
        (raw, number) => (number === which ? falsified(raw) : raw),
        inFull(),
      );
      for (let number = 0; number < 100; number += 1) source.add("INBOX", mail(`mail ${number}`));
      const { state, totals } = await pass();
      expect(state).toMatchObject({ status: "failed" });
      expect(totals?.verification).toMatchObject({ identical: 99, unexplained: 1, sampled: 100 });
    },
  );
});
