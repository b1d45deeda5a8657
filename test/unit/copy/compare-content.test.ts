import { describe, expect, it } from "vitest";
import { FolderRecord } from "../../../shared/contract/mailbox.ts";
import { compareContent } from "../../../shared/copy/compare-content.ts";
import { uidOf } from "../../../shared/copy/uid-set.ts";
import { plainProfiles } from "../../../shared/folders/folder-profile.ts";
import type { MailSession, Side } from "../../../shared/ports/mail-server.ts";
import { FakeMailServer } from "../../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../../support/fake-mail-session.ts";
import { exampleId } from "../../support/migration-example.ts";

const folder = FolderRecord.parse({
  ...{ migrationId: exampleId, address: "a@b.example", sourcePath: "INBOX", targetPath: "INBOX" },
  ...{ sourceUidValidity: "1", targetUidValidity: "2", provenance: "inbox" },
  ...{ targetUidNextAtFirst: 1, plannedBelowUid: 9, flagsAsOfModseq: null },
});

const endsOf = async (messages: readonly (readonly [source: string, target: string | null])[]) => {
  const [source, target] = [new FakeMailServer(), new FakeMailServer()];
  for (const [ours, theirs] of messages) {
    const uid = source.add("INBOX", ours);
    target.add("INBOX", theirs ?? "");
    if (theirs === null) target.remove("INBOX", uid);
  }
  const servers = new FakeMailServerPair(source, target);
  const happened: string[] = [];
  const enter = async (side: Side): Promise<MailSession> => {
    const address = { side, host: "fake", port: 143, tls: "none" } as const;
    const session = await servers.enter(address, { mailbox: "a", user: "a", password: "p" });
    const fetch: MailSession["fetch"] = async function* (path, uids) {
      happened.push(`${side} begins`);
      for await (const message of session.fetch(path, uids)) {
        // As from a real server, a message takes a turn of the event loop.
        await Promise.resolve();
        yield message;
      }
      happened.push(`${side} ends`);
    };
    return Object.assign(Object.create(session), { fetch });
  };
  const sessions = {
    source: await enter("source"),
    target: await enter("target"),
    profiles: plainProfiles,
  };
  return { sessions, happened, source };
};
const pairs = (count: number) =>
  Array.from({ length: count }, (_, index) => [uidOf(index + 1), uidOf(index + 1)] as const);

describe("the octets of messages on both sides", () => {
  it("are identical, the same but for what servers change, or different", async () => {
    const { sessions } = await endsOf([
      ["a\r\n", "a\r\n"],
      ["a\r\nb\r\n", "a\nb\n"],
      ["a", "a\r\n"],
      ["a\r\n", "b\r\n"],
      ["a\r\n", null],
    ]);
    const found = await compareContent(sessions, folder, { pairs: pairs(5), largest: 6 });
    expect([...found]).toEqual([
      [1, "identical"],
      [2, "normalised"],
      [3, "normalised"],
      [4, "different"],
      [5, "different"],
    ]);
  });

  it("say nothing of a message that the source no longer has", async () => {
    const { sessions, source } = await endsOf([["a", "a"]]);
    source.remove("INBOX", 1);
    expect((await compareContent(sessions, folder, { pairs: pairs(1), largest: 1 })).size).toBe(0);
  });

  it("are read on both sides at once, but one side after the other where a message is large", async () => {
    const small = await endsOf([["a", "a"]]);
    await compareContent(small.sessions, folder, { pairs: pairs(1), largest: 1 });
    expect(small.happened.slice(0, 2)).toEqual(["source begins", "target begins"]);
    const large = await endsOf([["a", "a"]]);
    await compareContent(large.sessions, folder, { pairs: pairs(1), largest: 50_000_000 });
    expect(large.happened).toEqual(["source begins", "source ends", "target begins", "target ends"]);
  });
});
