import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { leftOver } from "../../../infra/local/bench/left-over.ts";
import { PassNumber } from "../../../shared/contract/ids.ts";
import { BatchRecord, FolderRecord } from "../../../shared/contract/mailbox.ts";
import { countUids, uidRange, unionOf } from "../../../shared/copy/uid-set.ts";

const folder = FolderRecord.parse({
  migrationId: "example.test-0000",
  address: "a@example.test",
  sourcePath: "INBOX",
  sourceUidValidity: "7",
  targetPath: "INBOX",
  targetUidValidity: "8",
  provenance: "inbox",
  targetUidNextAtFirst: 1,
  plannedBelowUid: 11,
  flagsAsOfModseq: null,
});

describe("new messages that are left over in batches", () => {
  it("stand in exactly one batch each, in as many batches as were asked for", () => {
    const counts = fc.integer({ min: 1, max: 50 }).chain((messages) =>
      fc.record({
        sizes: fc.array(fc.nat({ max: 2_000 }), { minLength: messages, maxLength: messages }),
        batches: fc.integer({ min: 1, max: messages }),
      }),
    );
    fc.assert(
      fc.property(counts, ({ sizes, batches }) => {
        const messages = sizes.map((size) => ({ raw: new Uint8Array(size) }));
        const records = leftOver(folder, PassNumber.parse(2), batches, messages);
        const parts = records.flatMap((record) => record.parts);
        expect(new Set(records.map(({ batchId }) => batchId)).size).toBe(batches);
        expect(unionOf(...parts.map(({ uids }) => uids))).toBe(uidRange(11, 10 + sizes.length));
        for (const part of parts) expect(countUids(part.uids)).toBe(part.messages);
        expect(parts.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(
          sizes.reduce((sum, size) => sum + size, 0),
        );
      }),
    );
  });

  it("are records that the table takes", () => {
    const [record] = leftOver(folder, PassNumber.parse(2), 1, [{ raw: new Uint8Array(3) }]);
    expect(BatchRecord.parse(record)).toEqual(record);
  });
});
