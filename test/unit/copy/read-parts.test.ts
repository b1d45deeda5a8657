import { describe, expect, it } from "vitest";
import type { UidSet } from "../../../shared/contract/ids.ts";
import { BatchRecord, FolderRecord } from "../../../shared/contract/mailbox.ts";
import { recordedParts } from "../../../shared/copy/mapped-messages.ts";
import { partsToRead, readParts } from "../../../shared/copy/read-parts.ts";
import { uidRange, uidsIn } from "../../../shared/copy/uid-set.ts";
import { plainProfiles } from "../../../shared/folders/folder-profile.ts";
import type { MailSession, MessageMetadata } from "../../../shared/ports/mail-server.ts";
import { FakeMailServer } from "../../support/fake-mail-server.ts";
import { FakeMailServerPair } from "../../support/fake-mail-session.ts";
import { instead } from "../../support/instead.ts";
import { exampleId } from "../../support/migration-example.ts";

const mailbox = { migrationId: exampleId, address: "a@b.example" };
const folder = FolderRecord.parse({
  ...mailbox,
  ...{ sourcePath: "INBOX", sourceUidValidity: "1", targetPath: "INBOX", targetUidValidity: "2" },
  ...{ provenance: "inbox", targetUidNextAtFirst: 1, plannedBelowUid: 51, flagsAsOfModseq: null },
});

/** Five parts of ten messages, which the target has ten UIDs further up. */
const parts = [1, 11, 21, 31, 41].map((first) => ({
  ...{ sourcePath: "INBOX", sourceUidValidity: "1", targetPath: "INBOX" },
  ...{ uids: uidRange(first, first + 9), messages: 10, bytes: 100 },
  progress: {
    ...{ state: "recorded", targetUidValidity: "2", copied: [[first, first + 100, 10]] },
    ...{ alreadyThere: [], refused: "", vanished: "", bytesCopied: 100 },
  },
}));
const batch = BatchRecord.parse({ ...mailbox, batchId: "000001-000001", pass: 1, parts });
const due = recordedParts([batch], folder);

const metadataOf = (uids: UidSet): readonly MessageMetadata[] =>
  [...uidsIn(uids)].map((uid) => ({ uid, size: 10, internalDate: "2020-01-01T00:00:00.000Z", flags: [] }));

/** Sessions whose target answers each question about metadata only when it is let. */
const heldBack = async () => {
  const servers = new FakeMailServerPair(new FakeMailServer(), new FakeMailServer());
  const login = { mailbox: "a", user: "a", password: "p" };
  const enter = (side: "source" | "target") =>
    servers.enter({ side, host: "fake", port: 143, tls: "none" }, login);
  const questions: { readonly uids: string; readonly answer: () => void; readonly fail: () => void }[] = [];
  const target: Partial<MailSession> = {
    metadata: (_path, uids = uidRange(1, 1)) => {
      const { promise, resolve, reject } = Promise.withResolvers<readonly MessageMetadata[]>();
      const fail = (): void => reject(new Error("the line is dead"));
      questions.push({ uids, answer: () => resolve(metadataOf(uids)), fail });
      return promise;
    },
  };
  const source: Partial<MailSession> = {
    metadata: async (_path, uids = uidRange(1, 1)) => metadataOf(uids),
  };
  const sessions = {
    source: instead(await enter("source"), source),
    target: instead(await enter("target"), target),
    profiles: plainProfiles,
  };
  const wanted = partsToRead({ parts: due, present: uidRange(1, 50), seen: null });
  const reading = readParts(sessions, folder, wanted)[Symbol.asyncIterator]();
  return { questions, reading, asked: () => questions.map(({ uids }) => uids) };
};

describe("the metadata of a folder's parts", () => {
  it("are asked for together, three parts at a time, and come in the order of the parts", async () => {
    const { questions, reading, asked } = await heldBack();
    expect(asked()).toEqual(["101:110", "111:120", "121:130"]);
    // The answer to a later one changes nothing about the order.
    questions[1]?.answer();
    questions[0]?.answer();
    expect((await reading.next()).value?.uids).toBe("1:10");
    expect(asked()).toHaveLength(3);
    const second = (await reading.next()).value;
    expect(second?.uids).toBe("11:20");
    expect([...(second?.targets.keys() ?? [])]).toEqual([...uidsIn(uidRange(111, 120))]);
    expect(second?.sources.size).toBe(10);
    expect(asked()).toHaveLength(4);
    for (const { answer } of questions) answer();
    expect((await reading.next()).value?.uids).toBe("21:30");
    for (const { answer } of questions) answer();
    expect((await reading.next()).value?.uids).toBe("31:40");
    expect((await reading.next()).value?.uids).toBe("41:50");
    expect((await reading.next()).done).toBe(true);
  });

  it("fail where they fail, and whoever stops there leaves no question behind", async () => {
    const { questions, reading } = await heldBack();
    questions[0]?.fail();
    let isOver = false;
    const failed = reading.next();
    void failed.catch(() => {
      isOver = true;
    });
    questions[2]?.answer();
    for (let turn = 0; turn < 100; turn += 1) await Promise.resolve();
    expect(isOver).toBe(false);
    questions[1]?.answer();
    await expect(failed).rejects.toThrow("the line is dead");
  });
});
