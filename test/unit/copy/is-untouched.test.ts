import { describe, expect, it } from "vitest";
import { UidValidity } from "../../../shared/contract/ids.ts";
import { BatchRecord, FolderRecord, FolderSummary } from "../../../shared/contract/mailbox.ts";
import { isUntouched, type KnownFolder } from "../../../shared/copy/is-untouched.ts";
import { exampleId } from "../../support/migration-example.ts";

const mailbox = { migrationId: exampleId, address: "a@b.example" };
const folder = { ...mailbox, sourcePath: "INBOX", targetPath: "INBOX", provenance: "inbox" };
const record = FolderRecord.parse({
  ...folder,
  sourceUidValidity: "1",
  targetUidValidity: "2",
  targetUidNextAtFirst: 1,
  plannedBelowUid: 11,
  flagsAsOfModseq: "77",
});
const previous = FolderSummary.parse({
  ...folder,
  ...{ pass: 2, source: 9, copied: 9, alreadyThere: 0, refused: 0, bytes: 900 },
});
const status = { uidValidity: UidValidity.parse("1"), uidNext: 11, messages: 9, highestModseq: "77" };
const batchOf = (pass: number) =>
  BatchRecord.parse({
    ...mailbox,
    batchId: `00000${pass}-000001`,
    pass,
    parts: [
      {
        ...{ sourcePath: "INBOX", sourceUidValidity: "1", targetPath: "INBOX" },
        ...{ uids: "1:9", messages: 9, bytes: 900, progress: { state: "planned" } },
      },
    ],
  });
const known: KnownFolder = { record, previous, batches: [batchOf(2)], archive: null };

describe("a folder that was in order", () => {
  it("is untouched when UIDNEXT, MESSAGES and HIGHESTMODSEQ are as recorded", () => {
    expect(isUntouched(known, status, false)).toBe(true);
  });

  it.each([
    ["a message came", { uidNext: 12, messages: 10 }],
    ["a message came and went", { uidNext: 12 }],
    ["a message went", { messages: 8 }],
    ["a flag changed", { highestModseq: "78" }],
    ["the server no longer tells of changes", { highestModseq: null }],
  ])("is not untouched when %s", (_name, change) => {
    expect(isUntouched(known, { ...status, ...change }, false)).toBe(false);
  });

  it.each<[string, Partial<KnownFolder>]>([
    ["it was never in order", { previous: null }],
    ["messages are refused, which are tried again", { previous: { ...previous, copied: 8, refused: 1 } }],
    [
      "it has another target by now",
      {
        previous: { ...previous, targetPath: record.sourcePath, sourcePath: record.sourcePath },
        record: { ...record, targetPath: FolderRecord.shape.targetPath.parse("Other") },
      },
    ],
    ["a later pass has worked on it", { batches: [batchOf(2), batchOf(3)] }],
  ])("is not untouched when %s", (_name, change) => {
    expect(isUntouched({ ...known, ...change }, status, false)).toBe(false);
  });

  it("is untouched, as a view of which archived mail is copied, as long as all folders look as they did", () => {
    const view = { ...known, previous: { ...previous, source: 2, archivedAsOf: "this" } };
    expect(isUntouched({ ...view, archive: { asOf: "this" } }, status, false)).toBe(true);
    expect(isUntouched({ ...view, archive: { asOf: "that" } }, status, false)).toBe(false);
    expect(isUntouched({ ...view, archive: { asOf: null } }, status, false)).toBe(false);
    expect(isUntouched({ ...known, archive: { asOf: null } }, status, false)).toBe(false);
  });

  it("is untouched without CONDSTORE only once flags are no longer brought over", () => {
    const without = { ...known, record: { ...record, flagsAsOfModseq: null } };
    expect(isUntouched(without, { ...status, highestModseq: null }, false)).toBe(false);
    expect(isUntouched(without, { ...status, highestModseq: null }, true)).toBe(true);
  });
});
