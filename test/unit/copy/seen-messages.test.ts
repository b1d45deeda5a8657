import { describe, expect, it } from "vitest";
import { FolderPath, UidValidity } from "../../../shared/contract/ids.ts";
import { SeenMessages } from "../../../shared/copy/seen-messages.ts";
import { uidOf, uidRange } from "../../../shared/copy/uid-set.ts";
import type { FolderStatus } from "../../../shared/ports/mail-server.ts";

const inbox = FolderPath.parse("INBOX");
const uidValidity = UidValidity.parse("7");
const status = (differing: Partial<FolderStatus> = {}): FolderStatus => ({
  ...{ uidValidity, uidNext: 6, messages: 4, highestModseq: "9" },
  ...differing,
});
const message = (uid: number) => ({
  uid: uidOf(uid),
  size: uid * 10,
  internalDate: "2020-01-01T00:00:00.000Z",
  flags: [],
});

const seenAs = (asOf: FolderStatus, uids: readonly number[] = [1, 2, 4, 5]): SeenMessages => {
  const seen = new SeenMessages();
  seen.note(inbox, asOf, uidRange(1, 5), uids.map(message));
  seen.noteRead(inbox, uids.map(message));
  return seen;
};

describe("what a visit has read of the source", () => {
  it("is what the source says as long as the folder is what it was", () => {
    const seen = seenAs(status()).ifUnchanged(inbox, status());
    expect(seen?.metadata(uidRange(2, 4))).toEqual([message(2), message(4)]);
    expect(seen?.all()).toBe("1:2,4:5");
  });

  it.each([
    ["a flag changed", { highestModseq: "10" }],
    ["a message went", { messages: 3 }],
    ["a message came", { uidNext: 7, messages: 5 }],
    ["one went and another one came", { uidNext: 7 }],
    ["the folder was replaced", { uidValidity: UidValidity.parse("8") }],
    ["the server tells no mod-sequences any more", { highestModseq: null }],
  ])("is nothing where %s", (_, now) => {
    expect(seenAs(status()).ifUnchanged(inbox, status(now))).toBeNull();
  });

  it("is nothing of a folder without mod-sequences, or that was not read", () => {
    const silent = status({ highestModseq: null });
    expect(seenAs(silent).ifUnchanged(inbox, silent)).toBeNull();
    expect(seenAs(status()).ifUnchanged(FolderPath.parse("Other"), status())).toBeNull();
  });

  it("tells which messages there are before it tells what they are", () => {
    const seen = new SeenMessages();
    seen.note(inbox, status(), uidRange(1, 5), [1, 2, 4, 5].map(message));
    seen.noteRead(inbox, [1, 2].map(message));
    const known = seen.ifUnchanged(inbox, status());
    expect(known?.all()).toBe("1:2,4:5");
    expect(known?.metadata(uidRange(1, 3))).toEqual([message(1), message(2)]);
    expect(known?.metadata(uidRange(1, 4))).toBeNull();
  });

  it("keeps no octets of what was read, and nothing of what was not planned", () => {
    const seen = seenAs(status(), [1, 2, 4]);
    const withOctets = { ...message(1), raw: new Uint8Array(9) };
    seen.noteRead(inbox, [withOctets, message(5)]);
    seen.noteRead(FolderPath.parse("Other"), [message(1)]);
    const known = seen.ifUnchanged(inbox, status());
    expect(known?.metadata(uidRange(1, 1))).toEqual([message(1)]);
    expect(known?.metadata(uidRange(5, 5))).toEqual([]);
    expect(seen.ifUnchanged(FolderPath.parse("Other"), status())).toBeNull();
  });

  it("is no answer for messages that were not asked for, nor for all where some were not", () => {
    const seen = seenAs(status({ uidNext: 8 })).ifUnchanged(inbox, status({ uidNext: 8 }));
    expect(seen?.metadata(uidRange(5, 6))).toBeNull();
    expect(seen?.all()).toBeNull();
  });

  it("is not taken for all where the server left a message out", () => {
    expect(seenAs(status(), [1, 2, 4]).ifUnchanged(inbox, status())?.all()).toBeNull();
  });

  it("is bounded: what does not fit is read again", () => {
    const large = status({ uidNext: 20_001, messages: 20_000 });
    const seen = new SeenMessages();
    for (const first of [1, 4_001, 8_001, 12_001]) {
      const messages = Array.from({ length: 4_000 }, (_, index) => message(first + index));
      seen.note(inbox, large, uidRange(first, first + 3_999), messages);
      seen.noteRead(inbox, messages);
    }
    const kept = seen.ifUnchanged(inbox, large);
    expect(kept?.metadata(uidRange(1, 8_000))).toHaveLength(8_000);
    expect(kept?.metadata(uidRange(8_000, 8_001))).toBeNull();
    expect(kept?.all()).toBeNull();
  });
});
