import { describe, expect, it } from "vitest";
import { Fetcher } from "../../../../functions/adapters/imap/wire/fetcher.ts";
import { FolderLine } from "../../../../functions/adapters/imap/wire/folder-line.ts";
import { writeName } from "../../../../functions/adapters/imap/wire/wire-name.ts";
import { FolderPath } from "../../../../shared/contract/ids.ts";
import { letGo } from "../../../../shared/copy/let-go.ts";
import { piecesOf, uidSetOf } from "../../../../shared/copy/uid-set.ts";
import type { RawMessage } from "../../../../shared/ports/mail-server.ts";
import { collected } from "../../../support/collected.ts";
import { plainAddress } from "../../../support/real-mailbox.ts";
import { scriptedWire } from "../../../support/scripted-wire.ts";

const server = plainAddress("source", { host: "mail.example", port: 143 });
const of = { server, mailbox: "a@b.example", writeName, examined: () => undefined };
const folder = FolderPath.parse("INBOX");
const line = (uid: number, body: string): string =>
  `* ${uid} FETCH (UID ${uid} FLAGS () INTERNALDATE "01-Jan-2020 00:00:00 +0000" RFC822.SIZE ${body.length} BODY[] {${body.length}}\r\n${body})`;

const fetching = (uids: readonly number[] = [1, 2]) => {
  const wire = scriptedWire();
  const connection = new FolderLine(wire.streams, of);
  const fetcher = new Fetcher(connection);
  const messages: Promise<readonly RawMessage[]> = collected(fetcher.fetch(folder, uidSetOf(uids)));
  messages.catch(() => undefined);
  return { wire, connection, messages };
};

describe("messages read over a connection of their own", () => {
  it("are asked for without waiting for the folder to be open", async () => {
    const { wire, messages } = fetching();
    await wire.hear(
      'f1 EXAMINE "INBOX"\r\nf2 UID FETCH 1:2 (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])\r\n',
    );
    wire.say(
      "f1 OK [READ-ONLY] opened",
      line(1, "one"),
      "* 2 FETCH (FLAGS (\\Seen))",
      line(2, "two"),
      "f2 OK done",
    );
    expect((await messages).map(({ uid, raw }) => [uid, Buffer.from(raw).toString()])).toEqual([
      [1, "one"],
      [2, "two"],
    ]);
  });

  it("are only those of the folder that was asked for", async () => {
    const { wire, messages } = fetching();
    await wire.hear("f2 UID FETCH");
    wire.say(
      line(1, "of the folder before"),
      "f1 NO [NONEXISTENT] Gone.",
      line(2, "too"),
      "f2 BAD No folder.",
    );
    await expect(messages).rejects.toMatchObject({ name: "FolderUnusable", evidence: { words: "Gone." } });
  });

  it.each([
    { name: "ServerBusy", said: ["f1 OK", "f2 NO [UNAVAILABLE] Later."] },
    { name: "ServerAnswerUnusable", said: ["f1 OK", "f2 BAD Syntax."] },
    { name: "ServerAnswerUnusable", said: ["f1 OK", "* 1 FETCH (UID 1 FLAGS ("] },
    { name: "ServerAnswerUnusable", said: ["f1 OK", "* 1 FETCH (UID 1 BODY[] {999999999}"] },
  ])("end in $name after $said", async ({ name, said }) => {
    const { wire, messages } = fetching();
    await wire.hear("f2 UID FETCH");
    wire.say(...said);
    await expect(messages).rejects.toMatchObject({ name });
  });

  it("end in ConnectionLost, with the words of a BYE, when the server goes in the middle of a message", async () => {
    const { wire, messages } = fetching();
    await wire.hear("f2 UID FETCH");
    wire.say("f1 OK", line(1, "one"), "* BYE Restarting.", line(2, "two").slice(0, -4));
    wire.end();
    await expect(messages).rejects.toMatchObject({
      name: "ConnectionLost",
      evidence: { reason: "Restarting." },
    });
  });

  it("are not read over a connection whose last answer nobody took to its end", async () => {
    const wire = scriptedWire();
    const fetcher = new Fetcher(new FolderLine(wire.streams, of));
    const begin = async (): Promise<void> => {
      for await (const message of fetcher.fetch(folder, uidSetOf([1, 2]))) {
        expect(message.uid).toBe(1);
        return;
      }
    };
    const begun = begin();
    await wire.hear("f2 UID FETCH");
    wire.say("f1 OK", line(1, "one"));
    await begun;
    await expect(collected(fetcher.fetch(folder, uidSetOf([3])))).rejects.toMatchObject({
      name: "ConnectionLost",
    });
  });
});

describe("messages of several folders", () => {
  const sent = FolderPath.parse("Sent");
  const both = (first: readonly number[] = [1]) => {
    const wire = scriptedWire();
    const connection = new FolderLine(wire.streams, of);
    const fetcher = new Fetcher(connection);
    const read = (path: FolderPath, uids: readonly number[]) => {
      const messages = collected(fetcher.fetch(path, uidSetOf(uids)));
      messages.catch(() => undefined);
      return messages;
    };
    return { wire, connection, first: read(folder, first), second: read(sent, [1]) };
  };
  const bodies = (messages: readonly RawMessage[]) => messages.map(({ raw }) => Buffer.from(raw).toString());

  it("are asked for without waiting for one another, and are each of their own folder", async () => {
    const { wire, first, second } = both();
    await wire.hear(
      'f2 UID FETCH 1 (UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])\r\nf3 EXAMINE "Sent"\r\nf4 UID FETCH 1',
    );
    wire.say("f1 OK", line(1, "one"), "f2 OK", line(1, "of nobody"), "f3 OK", line(1, "two"), "f4 OK");
    expect(bodies(await first)).toEqual(["one"]);
    expect(bodies(await second)).toEqual(["two"]);
  });

  it("come from the other one when one of them is refused", async () => {
    for (const [answers, refused, read] of [
      [["f1 NO Not yours.", "f2 BAD", "f3 OK", line(1, "two"), "f4 OK"], "first", "second"],
      [["f1 OK", line(1, "two"), "f2 OK", "f3 NO Not yours.", "f4 BAD"], "second", "first"],
    ] as const) {
      const { wire, connection, ...readings } = both();
      await wire.hear("f4 UID FETCH 1");
      wire.say(...answers);
      await expect(readings[refused]).rejects.toMatchObject({ name: "FolderUnusable" });
      expect(bodies(await readings[read])).toEqual(["two"]);
      expect(await connection.release()).toBe(true);
    }
  });

  it("are asked for only when everything is asked of the folder before", async () => {
    const many = Array.from({ length: 2_000 }, (_, index) => 2 * index + 1);
    expect(piecesOf(uidSetOf(many))).toHaveLength(3);
    const { wire, first, second } = both(many);
    await wire.hear("f3 UID FETCH");
    expect(wire.heard()).not.toContain("Sent");
    wire.say("f1 OK", "f2 OK");
    await wire.hear("f4 UID FETCH");
    await wire.hear('f5 EXAMINE "Sent"');
    wire.say("f3 OK", "f4 OK", "f5 OK", line(1, "two"), "f6 OK");
    expect(await first).toEqual([]);
    expect(bodies(await second)).toEqual(["two"]);
  });

  it("are all lost with the connection", async () => {
    const { wire, first, second } = both();
    await wire.hear("f4 UID FETCH 1");
    wire.say("f1 OK", line(1, "one"));
    wire.end();
    for (const messages of [first, second]) {
      await expect(messages).rejects.toMatchObject({ name: "ConnectionLost" });
    }
  });

  it("come although more waits of the first one than may, as soon as it is taken", async () => {
    const { wire, first, second } = both([1, 2]);
    await wire.hear("f4 UID FETCH 1");
    const large = "x".repeat(1_200_000);
    wire.say("f1 OK", line(1, large), line(2, large), "f2 OK", "f3 OK", line(1, large), "f4 OK");
    expect((await first).map(({ uid }) => uid)).toEqual([1, 2]);
    expect((await second).map(({ uid }) => uid)).toEqual([1]);
  });
});

describe("messages whose octets are let go as soon as they are taken", () => {
  it("make room for the next ones all the same", async () => {
    const wire = scriptedWire();
    const fetcher = new Fetcher(new FolderLine(wire.streams, of));
    const taken: number[] = [];
    const taking = (async () => {
      for await (const { uid, raw } of fetcher.fetch(folder, uidSetOf([1, 2, 3]))) {
        taken.push(uid);
        letGo(raw);
      }
    })();
    await wire.hear("f2 UID FETCH");
    const large = "x".repeat(1_200_000);
    wire.say("f1 OK", line(1, large), line(2, large), line(3, large), "f2 OK");
    await taking;
    expect(taken).toEqual([1, 2, 3]);
  });
});

describe("a connection that was read over", () => {
  it("is let go of when what the server says unasked has arrived whole, and can be used then", async () => {
    const { wire, connection, messages } = fetching();
    await wire.hear("f2 UID FETCH");
    wire.say("f1 OK", line(1, "one"), line(2, "two"), "f2 OK done");
    wire.sayPart("* 3 EXI");
    await messages;
    let isReleased = false;
    const released = connection.release().finally(() => {
      isReleased = true;
    });
    await aFewTurns();
    expect(isReleased).toBe(false);
    wire.sayPart("STS\r\n");
    expect(await released).toBe(true);
    expect(wire.streams.readSocket.listenerCount("data")).toBe(0);
  });

  it("is as good as before when what was asked was refused, as soon as all of it is", async () => {
    const { wire, connection, messages } = fetching();
    await wire.hear("f2 UID FETCH");
    wire.say("f1 NO Not yours.");
    await aFewTurns();
    wire.say("f2 BAD No folder is selected.");
    await expect(messages).rejects.toMatchObject({ name: "FolderUnusable" });
    expect(await connection.release()).toBe(true);
  });

  it("is of no use when it ended", async () => {
    const { wire, connection, messages } = fetching();
    await wire.hear("f2 UID FETCH");
    wire.say("f1 NO Not yours.");
    wire.end();
    await expect(messages).rejects.toMatchObject({ name: "FolderUnusable" });
    expect(await connection.release()).toBe(false);
  });
});

const aFewTurns = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise<void>((resolve) => {
      setImmediate(resolve);
    });
  }
};
