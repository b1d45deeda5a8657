import { describe, expect, it } from "vitest";
import { appendMany } from "../../../../functions/adapters/imap/wire/append-many.ts";
import { Appender } from "../../../../functions/adapters/imap/wire/appender.ts";
import { type Rung, rungFor } from "../../../../functions/adapters/imap/wire/rung.ts";
import { FolderPath } from "../../../../shared/contract/ids.ts";
import type { AppendOutcome, OutgoingMessage } from "../../../../shared/ports/mail-server.ts";
import { scriptedWire } from "../../../support/scripted-wire.ts";

const message = (text: string): OutgoingMessage => ({
  raw: Buffer.from(text, "latin1"),
  flags: ["\\Seen"],
  internalDate: "2020-01-01T00:00:00.000Z",
});
const head = ' (\\Seen) "01-Jan-2020 00:00:00 +0000"';
const together = rungFor(["LITERAL+", "MULTIAPPEND"], 1);

/** An APPEND of these messages, with what was sent one by one. */
const appending = (texts: readonly string[], rung: Rung = together, connections = 1) => {
  const wires = Array.from({ length: connections }, () => scriptedWire());
  const appenders = wires.map(({ streams }) => new Appender(streams, rung));
  const single: string[] = [];
  const outcomes = appendMany(
    {
      appenders,
      rung,
      path: FolderPath.parse("INBOX"),
      largest: 1_000,
      refused: ({ code, words }) => {
        throw new Error(`${code}: ${words}`);
      },
    },
    texts.map(message),
    async (messages) => {
      single.push(...messages.map(({ raw }) => Buffer.from(raw).toString("latin1")));
      return messages.map((): AppendOutcome => ({ outcome: "refused", code: null, words: "alone too" }));
    },
  );
  outcomes.catch(() => undefined);
  return { outcomes, single, wires, wire: wires[0] ?? scriptedWire() };
};

const stored = (uid: number | null) => ({ outcome: "stored", uid, isLetGo: true });
const unknown = (reason: string) => ({ outcome: "unknown", reason });

describe("many messages appended together", () => {
  it("go with one command and get the UIDs of its answer", async () => {
    const { outcomes, wire } = appending(["one", "two"]);
    await wire.hear(`a1 APPEND "INBOX"${head} {3+}\r\none${head} {3+}\r\ntwo\r\n`);
    wire.say("* 2 EXISTS", "a1 OK [APPENDUID 1 7:8] done");
    expect(await outcomes).toEqual([stored(7), stored(8)]);
  });

  it("go on without waiting for the answer to the command before", async () => {
    const { outcomes, wire } = appending(Array.from({ length: 65 }, () => "x"));
    await wire.hear("a2 APPEND");
    wire.say("a1 OK [APPENDUID 1 1:64] done", "a2 OK [APPENDUID 1 65] done");
    expect((await outcomes).at(-1)).toEqual(stored(65));
  });

  it("are stored without a UID when the answer names another number of them", async () => {
    const { outcomes, wire } = appending(["one", "two"]);
    await wire.hear("two");
    wire.say("a1 OK [APPENDUID 1 7] done");
    expect(await outcomes).toEqual([stored(null), stored(null)]);
  });

  it("leave out what would spoil the command: NUL, no octets, more than APPENDLIMIT", async () => {
    const { outcomes, single, wire } = appending(["one", "a\0b", "", "x".repeat(1_001), "two"]);
    await wire.hear("two\r\n");
    wire.say("a1 OK [APPENDUID 1 7:8] done");
    expect((await outcomes).map(({ outcome }) => outcome)).toEqual([
      "stored",
      "refused",
      "refused",
      "refused",
      "stored",
    ]);
    expect(single).toEqual(["a\0b", "", "x".repeat(1_001)]);
  });

  it.each(["NO [TOOBIG] One of them.", "BAD What?"])("are tried one by one after %s", async (answer) => {
    const { outcomes, single, wire } = appending(["one", "two"]);
    await wire.hear("two\r\n");
    wire.say(`a1 ${answer}`);
    expect(await outcomes).toEqual(
      ["one", "two"].map(() => ({ outcome: "refused", code: null, words: "alone too" })),
    );
    expect(single).toEqual(["one", "two"]);
  });

  it.each([
    "[UNAVAILABLE] Later.",
    "[INUSE] Locked.",
    "[TRYCREATE] No such folder.",
    "Too many requests, try later.",
  ])("are not sent again after NO %s, and it is said only when all is answered", async (words) => {
    const { outcomes, single, wire } = appending(Array.from({ length: 65 }, () => "x"));
    await wire.hear("a2 APPEND");
    wire.say(`a1 NO ${words}`, "a2 OK done");
    await expect(outcomes).rejects.toThrow(/Later|Locked|No such folder|Too many/);
    expect(single).toEqual([]);
  });

  it("are unknown, all of them, when the connection ends before the answer; nothing is sent again", async () => {
    const { outcomes, single, wire } = appending(["one", "a\0b", ...Array.from({ length: 64 }, () => "x")]);
    await wire.hear("a2 APPEND");
    wire.say("a1 OK [APPENDUID 1 1:64] done", "* BYE Restarting.");
    wire.end();
    const met = await outcomes;
    expect(met[0]).toEqual(stored(1));
    expect(met[1]).toEqual(unknown("Restarting."));
    expect(met.at(-1)).toEqual(unknown("Restarting."));
    expect(single).toEqual([]);
  });

  it("are unknown when the server answers what was not asked", async () => {
    const { outcomes, wire } = appending(["one"]);
    await wire.hear("one\r\n");
    wire.say("a9 OK done");
    expect((await outcomes)[0]?.outcome).toBe("unknown");
  });
});

describe("a server that is sooner done than it can be", () => {
  it("is not believed before the last octet has left, so that no memory is given back that is still being sent", async () => {
    const { outcomes, wire } = appending(["one"]);
    let isOver = false;
    void outcomes.then(() => {
      isOver = true;
    });
    wire.hold();
    await wire.hear("a1 APPEND");
    wire.say("a1 OK [APPENDUID 1 7] done");
    await wire.listened();
    expect(isOver).toBe(false);
    wire.letThrough();
    expect(await outcomes).toEqual([stored(7)]);
  });

  it("leaves the message unknown when the connection ends before that", async () => {
    const { outcomes, wire } = appending(["one"]);
    wire.hold();
    await wire.hear("a1 APPEND");
    wire.say("a1 OK [APPENDUID 1 7] done");
    await wire.listened();
    wire.end();
    expect((await outcomes).map(({ outcome }) => outcome)).toEqual(["unknown"]);
  });

  it("is not spoken to any more when it has not even asked for the message", async () => {
    const { outcomes, wire } = appending(["one"], rungFor([], 1));
    await wire.hear("{3}\r\n");
    wire.say("a1 OK [APPENDUID 1 7] done");
    expect((await outcomes).map(({ outcome }) => outcome)).toEqual(["unknown"]);
    expect(wire.heard()).not.toContain("one");
  });
});

describe("a server without LITERAL+", () => {
  const thin = rungFor([], 2);

  it("is asked for leave before each literal, on several connections side by side", async () => {
    const { outcomes, wires } = appending(["one", "two"], thin, 2);
    const [first, second] = wires;
    await first?.hear(`a1 APPEND "INBOX"${head} {3}\r\n`);
    await second?.hear(`a1 APPEND "INBOX"${head} {3}\r\n`);
    second?.say("+ go");
    await second?.hear("two\r\n");
    second?.say("a1 OK [APPENDUID 1 5] done");
    expect(first?.heard()).not.toContain("one");
    first?.say("+ go");
    await first?.hear("one\r\n");
    first?.say("a1 OK [APPENDUID 1 9] done");
    expect(await outcomes).toEqual([stored(9), stored(5)]);
  });

  it("is asked for the next one's leave while it stores the last one, and never for more than that", async () => {
    const { outcomes, wires } = appending(["one", "two", "three"], thin, 2);
    const [first, second] = wires;
    await first?.hear(`{3}\r\n`);
    first?.say("+ go");
    await first?.hear(`one\r\na2 APPEND "INBOX"${head} {5}\r\n`);
    first?.say("a1 OK [APPENDUID 1 9] done", "+ go");
    await first?.hear("three\r\n");
    first?.say("a2 OK [APPENDUID 1 10] done");
    await second?.hear(`{3}\r\n`);
    second?.say("+ go");
    await second?.hear("two\r\n");
    second?.say("a1 OK [APPENDUID 1 11] done");
    expect(await outcomes).toEqual([stored(9), stored(11), stored(10)]);
  });

  it("ends with unknown messages, the one that was asked for ahead among them, and nothing is sent twice", async () => {
    const { outcomes, single, wires } = appending(["one", "two", "three"], thin, 2);
    const [first, second] = wires;
    await first?.hear(`{3}\r\n`);
    first?.say("+ go");
    await first?.hear(`{5}\r\n`);
    first?.end();
    await second?.hear(`{3}\r\n`);
    second?.say("+ go");
    await second?.hear("two\r\n");
    second?.say("a1 OK [APPENDUID 1 9] done");
    expect((await outcomes).map(({ outcome }) => outcome)).toEqual(["unknown", "stored", "unknown"]);
    expect(single).toEqual([]);
  });

  it("does not get the literal it refused", async () => {
    const { outcomes, single, wire } = appending(["one", "two"], thin);
    await wire.hear("{3}\r\n");
    wire.say("a1 NO [OVERQUOTA] Full.");
    await wire.hear("a2 APPEND");
    expect(wire.heard()).not.toContain("one");
    wire.say("+ go");
    await wire.hear("two\r\n");
    wire.say("a2 OK [APPENDUID 1 3] done");
    expect((await outcomes).map(({ outcome }) => outcome)).toEqual(["refused", "stored"]);
    expect(single).toEqual(["one"]);
  });

  it("leaves a message unknown when it ends while it is asked for leave", async () => {
    const { outcomes, wire } = appending(["one", "two"], thin);
    await wire.hear("{3}\r\n");
    wire.end();
    expect((await outcomes).map(({ outcome }) => outcome)).toEqual(["unknown", "unknown"]);
  });

  it("gets short literals at once with LITERAL-", async () => {
    const rung = rungFor(["LITERAL-"], 1);
    const { outcomes, wire } = appending(["short"], rung);
    await wire.hear("{5+}\r\nshort\r\n");
    wire.say("a1 OK done");
    expect(await outcomes).toEqual([stored(null)]);
  });
});
