import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Fetcher } from "../../../../functions/adapters/imap/wire/fetcher.ts";
import { FolderLine } from "../../../../functions/adapters/imap/wire/folder-line.ts";
import { Digest } from "../../../../functions/adapters/imap/wire/literal.ts";
import { writeName } from "../../../../functions/adapters/imap/wire/wire-name.ts";
import { FolderPath } from "../../../../shared/contract/ids.ts";
import { uidSetOf } from "../../../../shared/copy/uid-set.ts";
import { collected } from "../../../support/collected.ts";
import { plainAddress } from "../../../support/real-mailbox.ts";
import { scriptedWire } from "../../../support/scripted-wire.ts";

const server = plainAddress("source", { host: "mail.example", port: 143 });
const of = { server, mailbox: "a@b.example", writeName, examined: () => undefined };
const [inbox, sent] = [FolderPath.parse("INBOX"), FolderPath.parse("Sent")];
const sha256 = (octets: string): string => createHash("sha256").update(octets).digest("hex");

const reading = () => {
  const wire = scriptedWire();
  return { wire, fetcher: new Fetcher(new FolderLine(wire.streams, of)) };
};

describe("digests of messages", () => {
  it("are of their octets, in whatever form these come", async () => {
    const { wire, fetcher } = reading();
    const digests = fetcher.digests(inbox, uidSetOf([1, 2, 3, 4, 5]));
    await wire.hear('f1 EXAMINE "INBOX"\r\nf2 UID FETCH 1:5 (UID RFC822.SIZE BODY.PEEK[])\r\n');
    wire.say(
      "f1 OK",
      "* 1 FETCH (UID 1 RFC822.SIZE 3 BODY[] {3}",
      "one)",
      '* 2 FETCH (UID 2 RFC822.SIZE 2 BODY[] "hi")',
      "* 3 FETCH (UID 3 RFC822.SIZE 0 BODY[] NIL)",
      "* 4 FETCH (BODY[] {0}",
      " RFC822.SIZE 0 UID 4)",
      "* 1 FETCH (UID 1 FLAGS (\\Seen) RFC822.SIZE 3)",
      "f2 OK",
    );
    expect(await digests).toEqual(
      new Map([
        [1, sha256("one")],
        [2, sha256("hi")],
        [3, sha256("")],
        [4, sha256("")],
      ]),
    );
  });

  it("are all that is kept of those, and nothing else's that is read beside them", async () => {
    const { wire, fetcher } = reading();
    const [before, digests, behind] = [
      collected(fetcher.fetch(inbox, uidSetOf([1]))),
      fetcher.digests(inbox, uidSetOf([1])),
      collected(fetcher.fetch(sent, uidSetOf([1]))),
    ];
    const whole = [
      '* 1 FETCH (UID 1 FLAGS () INTERNALDATE "01-Jan-2020 00:00:00 +0000" RFC822.SIZE 3 BODY[] {3}',
    ];
    await wire.hear("f6 UID FETCH 1");
    wire.say("f1 OK", ...whole, "one)", "f2 OK");
    wire.say("f3 OK", "* 1 FETCH (UID 1 RFC822.SIZE 3 BODY[] {3}", "one)", "f4 OK");
    wire.say("f5 OK", ...whole, "two)", "f6 OK");
    const octetsOf = async (messages: typeof before) =>
      (await messages).map(({ raw }) => Buffer.from(raw).toString());
    expect(await octetsOf(before)).toEqual(["one"]);
    expect(await digests).toEqual(new Map([[1, sha256("one")]]));
    expect(await octetsOf(behind)).toEqual(["two"]);
  });

  it("are all that is left of a message when it has arrived", async () => {
    const wire = scriptedWire();
    const line = new FolderLine(wire.streams, of);
    const arrived = collected(
      line.read(
        inbox,
        ["UID FETCH 1 (UID RFC822.SIZE BODY.PEEK[])"],
        (reading) => reading.take(),
        line.reading({ areDigestsEnough: true }),
      ),
    );
    await wire.hear("f2 UID FETCH");
    wire.say("f1 OK", "* 1 FETCH (UID 1 RFC822.SIZE 3 BODY[] {3}", "one)", "f2 OK");
    expect(await arrived).toMatchObject([{ uid: 1, raw: new Digest(sha256("one")) }]);
  });
});
