import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FolderPath, UidValidity } from "../../../shared/contract/ids.ts";
import { BatchRecord } from "../../../shared/contract/mailbox.ts";
import { type FolderLoad, formBatches } from "../../../shared/copy/form-batches.ts";
import { countUids, uidOf, uidSetOf } from "../../../shared/copy/uid-set.ts";

const load = (path: string, sizes: readonly number[]): FolderLoad => ({
  sourcePath: FolderPath.parse(path),
  sourceUidValidity: UidValidity.parse("1"),
  targetPath: FolderPath.parse(path),
  messages: sizes.map((size, index) => ({ uid: uidOf(index * 2 + 1), size })),
});
const many = (count: number, size = 1_000): number[] => Array.from({ length: count }, () => size);

describe("forming batches", () => {
  it("puts several small folders into one batch and cuts a large one", () => {
    const batches = formBatches([load("A", many(10)), load("B", []), load("C", many(5_000))]);
    expect(batches.map((parts) => parts.map(({ sourcePath, messages }) => [sourcePath, messages]))).toEqual([
      [
        ["A", 10],
        ["C", 1_990],
      ],
      [["C", 2_000]],
      [["C", 1_010]],
    ]);
  });

  it("keeps a batch below 64 MB, but carries a single larger message", () => {
    const batches = formBatches([load("A", [40_000_000, 30_000_000, 90_000_000, 1])]);
    expect(batches.map((parts) => parts.map(({ bytes }) => bytes))).toEqual([
      [40_000_000],
      [30_000_000],
      [90_000_000],
      [1],
    ]);
  });

  it("holds every message once, in order, in batches that a record can hold", () => {
    const folders = fc.array(fc.array(fc.integer({ min: 0, max: 50_000_000 }), { maxLength: 12 }), {
      maxLength: 450,
    });
    fc.assert(
      fc.property(folders, (sizes) => {
        const loads = sizes.map((folder, index) => load(`F${index}`, folder));
        const batches = formBatches(loads);
        expect(formBatches(loads)).toEqual(batches);
        for (const parts of batches) expect(() => BatchRecord.shape.parts.parse(parts)).not.toThrow();
        const parts = batches.flat();
        for (const { sourcePath, messages } of loads) {
          const own = parts.filter((part) => part.sourcePath === sourcePath);
          const joined = own.map(({ uids }) => uids).filter((uids) => uids !== "");
          expect(joined.reduce((sum, uids) => sum + countUids(uids), 0)).toBe(messages.length);
          expect(uidSetOf(messages.map(({ uid }) => uid))).toBe(joined.join(","));
        }
      }),
      { numRuns: 30 },
    );
  });
});
