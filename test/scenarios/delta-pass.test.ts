import { describe, expect, it } from "vitest";
import type { Migration } from "../../shared/contract/migration.ts";
import { mail } from "../support/copy-scenarios.ts";
import { CopyWorld } from "../support/copy-world.ts";
import { CountedServers } from "../support/counted-servers.ts";
import { FakeMailServer, type FakeServerOptions } from "../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../support/fake-mail-session.ts";
import { exampleAccount, inDrain, inHistory } from "../support/migration-example.ts";

const modern = { capabilities: ["IMAP4rev1", "UIDPLUS", "CONDSTORE", "LIST-STATUS"] };
const thin = { capabilities: ["IMAP4rev1", "UIDPLUS"] };
const history = inHistory({ fannedOut: true });
const draining = inDrain({ kind: "final" });

const worldOf = async (
  source: FakeServerOptions = modern,
  target: FakeServerOptions = modern,
  migration: Migration = history,
) => {
  const ends = { source: new FakeMailServer(source), target: new FakeMailServer(target) };
  const servers = new CountedServers(new FakeMailServerPair(ends.source, ends.target));
  const world = await CopyWorld.with(servers, exampleAccount(1), migration);
  const pass = async () => {
    servers.reset();
    await world.startPass();
    await world.workOff();
    return world.state();
  };
  return { ...ends, servers, world, pass };
};

/** Five folders of sixty messages. */
const fill = (source: FakeMailServer): void => {
  for (const folder of ["INBOX", "A", "B", "C", "D"]) {
    if (folder !== "INBOX") source.create(folder);
    for (let number = 0; number < 60; number += 1) source.add(folder, mail(`${folder} ${number}`));
  }
};

describe("a pass over a mailbox in which nothing happened", () => {
  it("asks for the folders with their status, and for no message", async () => {
    const { source, servers, world, pass } = await worldOf();
    fill(source);
    const first = await pass();
    const summaries = await world.mailboxes.summaries(world.account);
    const second = await pass();
    expect(servers.asked).toEqual({ source: ["survey"], target: ["survey"] });
    expect(second.state).toMatchObject({ status: "completed", pass: 2, copiedInPass: 0 });
    expect(second.totals).toEqual(first.totals);
    expect(await world.mailboxes.summaries(world.account)).toEqual(summaries);
  });

  it("asks for one STATUS of each folder where the list does not tell it, and still for no message", async () => {
    const condstore = { capabilities: ["IMAP4rev1", "UIDPLUS", "CONDSTORE"] };
    const { source, servers, pass } = await worldOf(condstore, condstore);
    fill(source);
    await pass();
    await pass();
    const others = servers.asked.source.filter((name) => name !== "survey" && name !== "folderStatus");
    expect(others).toEqual([]);
    for (const side of ["source", "target"] as const) {
      expect(servers.asked[side].filter((name) => name === "folderStatus")).toHaveLength(5);
    }
  });

  it("reads the flags of the source alone where there is no CONDSTORE", async () => {
    const { source, servers, pass } = await worldOf(thin, thin);
    fill(source);
    await pass();
    await pass();
    await pass();
    expect(servers.messages).toEqual({ source: 300, target: 0 });
    expect(servers.asked.source).not.toContain("uids");
  });
});

describe("a pass over a mailbox in which something happened", () => {
  it("looks at the messages that came, and at none of the others", async () => {
    const { source, target, servers, pass } = await worldOf();
    fill(source);
    await pass();
    for (let number = 0; number < 3; number += 1) source.add("A", mail(`new ${number}`));
    const { state, totals } = await pass();
    expect(state).toMatchObject({ status: "completed", copiedInPass: 3 });
    expect(totals?.messages).toEqual({ source: 303, copied: 303, alreadyThere: 0, refused: 0 });
    expect(totals?.bytes).toEqual({ source: bytesOf(source), copied: bytesOf(source) });
    expect(totals?.verification).toMatchObject({ identical: 303, normalised: 0, unexplained: 0 });
    // Planned, copied, named as changed, verified: each of the three is told of a few times, the 300 others never.
    expect(servers.messages.source).toBeLessThanOrEqual(12);
    expect(servers.messages.target).toBeLessThanOrEqual(3);
    expect(target.content()).toEqual(source.content());
  });

  it("looks at the messages whose flags changed", async () => {
    const { source, target, servers, pass } = await worldOf();
    fill(source);
    await pass();
    source.setFlags("B", 7, ["\\Seen", "later"]);
    expect((await pass()).state).toMatchObject({ status: "completed", copiedInPass: 0 });
    expect(servers.messages).toEqual({ source: 1, target: 1 });
    expect(target.content()).toEqual(source.content());
  });

  it("finds what is gone from the source by one list of UIDs", async () => {
    const { source, servers, pass } = await worldOf();
    fill(source);
    await pass();
    source.remove("C", 9);
    const { state, totals } = await pass();
    expect(state).toMatchObject({ status: "completed", copiedInPass: 0 });
    expect(totals?.messages).toEqual({ source: 299, copied: 299, alreadyThere: 0, refused: 0 });
    expect(totals?.bytes.source).toBe(bytesOf(source));
    expect(totals?.verification).toMatchObject({ identical: 299, unexplained: 0 });
    expect(servers.asked.source.filter((name) => name === "uids")).toHaveLength(1);
    expect(servers.messages.target).toBe(0);
  });

  it("brings changed flags over where neither side has CONDSTORE", async () => {
    const { source, target, pass } = await worldOf(thin, thin);
    fill(source);
    for (let count = 0; count < 2; count += 1) await pass();
    source.setFlags("D", 60, ["\\Flagged"]);
    await pass();
    expect(target.content()).toEqual(source.content());
  });
});

describe("a folder of many messages", () => {
  it("is planned and verified a few thousand messages at a time, never as a whole", async () => {
    const { source, servers, pass } = await worldOf();
    for (let number = 0; number < 11_000; number += 1) source.add("INBOX", `Subject: ${number}\r\n\r\n`);
    expect((await pass()).totals?.verification).toMatchObject({ identical: 11_000 });
    expect(servers.largestAnswer).toBeLessThanOrEqual(5_000);
  });

  it("has its flags compared a few thousand messages at a time where there is no CONDSTORE", async () => {
    const { source, target, servers, pass } = await worldOf(thin, thin);
    for (let number = 0; number < 6_000; number += 1) source.add("INBOX", `Subject: ${number}\r\n\r\n`);
    await pass();
    source.setFlags("INBOX", 5_999, ["\\Seen"]);
    await pass();
    expect(servers.largestAnswer).toBeLessThanOrEqual(2_000);
    expect(target.content()).toEqual(source.content());
  });
});

describe("what people did at the target once they work there", () => {
  it("stands: the flags they set since the last pass, while others still follow the source", async () => {
    const { source, target, pass } = await worldOf(modern, modern, draining);
    fill(source);
    await pass();
    source.setFlags("INBOX", 1, ["\\Answered"]);
    source.setFlags("INBOX", 2, ["\\Answered"]);
    target.setFlags("INBOX", 1, ["\\Seen"]);
    await pass();
    const [theirs, ours] = target.folder("INBOX").messages;
    expect(theirs?.flags).toEqual(["\\Seen"]);
    expect(ours?.flags).toEqual(["\\Answered"]);
  });

  it("stands where it cannot be told which flags are theirs", async () => {
    const { source, target, pass } = await worldOf(modern, thin, draining);
    fill(source);
    await pass();
    source.setFlags("INBOX", 1, ["\\Answered"]);
    target.setFlags("INBOX", 1, ["\\Seen"]);
    await pass();
    expect(target.folder("INBOX").messages[0]?.flags).toEqual(["\\Seen"]);
  });

  it("stands: a message that they removed before the pass had ended does not come back", async () => {
    const [source, target] = [new FakeMailServer(modern), new FakeMailServer(modern)];
    const servers = new FakeMailServerPair(source, target);
    for (const subject of ["one", "two"]) source.add("INBOX", mail(subject));
    const removing = {
      enter: async (...entry: Parameters<typeof servers.enter>) => {
        if (target.appended === 2) target.remove("INBOX", 1);
        return servers.enter(...entry);
      },
    };
    const world = await CopyWorld.with(removing, exampleAccount(1), draining);
    for (let count = 0; count < 2; count += 1) {
      await world.startPass();
      await world.workOff();
      expect((await world.state()).state).toMatchObject({ status: "completed" });
    }
    expect(target.appended).toBe(2);
    expect(target.folder("INBOX").messages).toHaveLength(1);
  });
});

describe("flags once people work at the target", () => {
  it("are no longer made like the source's where it cannot be told which side changed", async () => {
    const { source, target, pass } = await worldOf({ capabilities: ["IMAP4rev1"] }, {}, draining);
    source.add("INBOX", mail("one"));
    await pass();
    target.setFlags("INBOX", 1, ["\\Seen"]);
    await pass();
    expect(target.folder("INBOX").messages[0]?.flags).toEqual(["\\Seen"]);
  });
});

const bytesOf = (server: FakeMailServer): number =>
  [...server.folders.values()]
    .flatMap(({ messages }) => messages)
    .reduce((sum, { raw }) => sum + raw.length, 0);
