import { describe, expect, it } from "vitest";
import type { FolderPath, UidSet } from "../../../shared/contract/ids.ts";
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
    const digests: MailSession["digests"] = (...asked) => session.digests(...asked);
    return Object.assign(Object.create(session), { fetch, digests });
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
    const likenesses = ["identical", "normalised", "normalised", "different", "different"] as const;
    expect(found).toEqual(new Map(likenesses.map((likeness, index) => [uidOf(index + 1), likeness])));
  });

  it("say nothing of a message that the source no longer has", async () => {
    const { sessions, source } = await endsOf([["a", "a"]]);
    source.remove("INBOX", 1);
    expect((await compareContent(sessions, folder, { pairs: pairs(1), largest: 1 })).size).toBe(0);
  });

  it("are not held where their digests are the same", async () => {
    const { sessions, happened } = await endsOf([["a\n", "a\n"]]);
    const found = await compareContent(sessions, folder, { pairs: pairs(1), largest: 3 });
    expect([...found]).toEqual([[1, "identical"]]);
    expect(happened).toEqual([]);
  });

  it("say nothing of a message that the source loses before it is read once more", async () => {
    const { sessions, source } = await endsOf([["a", "b"]]);
    const target: MailSession = Object.assign(Object.create(sessions.target), {
      digests: async (path: FolderPath, uids: UidSet) => {
        source.remove("INBOX", 1);
        return sessions.target.digests(path, uids);
      },
    });
    const found = await compareContent({ ...sessions, target }, folder, { pairs: pairs(1), largest: 1 });
    expect(found.size).toBe(0);
  });

  it("are read on both sides at once where they differ, but one side after the other where a message is large", async () => {
    const small = await endsOf([["a", "b"]]);
    await compareContent(small.sessions, folder, { pairs: pairs(1), largest: 1 });
    expect(small.happened.slice(0, 2)).toEqual(["source begins", "target begins"]);
    const large = await endsOf([["a", "b"]]);
    await compareContent(large.sessions, folder, { pairs: pairs(1), largest: 50_000_000 });
    expect(large.happened).toEqual(["source begins", "source ends", "target begins", "target ends"]);
  });
});
