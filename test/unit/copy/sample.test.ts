import { describe, expect, it } from "vitest";
import { Sample } from "../../../shared/copy/sample.ts";
import type { UidPair } from "../../../shared/copy/uid-map.ts";
import { uidOf } from "../../../shared/copy/uid-set.ts";

const pair = (uid: number): UidPair => [uidOf(uid), uidOf(uid + 1_000)];
const sampleOf = (messages: Iterable<readonly [uid: number, size: number]>) => {
  const sample = new Sample();
  for (const [uid, size] of messages) sample.offer(pair(uid), size);
  return sample
    .chosen()
    .pairs.map(([uid]) => uid)
    .sort((one, other) => one - other);
};
const folder = Array.from({ length: 5_000 }, (_, index) => [index + 1, 1_000 + (index % 97)] as const);

describe("the sample of a folder", () => {
  it("holds the largest message and a few others", () => {
    const chosen = sampleOf([...folder, [6_000, 50_000_000]]);
    expect(chosen).toContain(6_000);
    expect(chosen).toHaveLength(9);
  });

  it("is the same in whatever order the messages are offered", () => {
    expect(sampleOf(folder.toReversed())).toEqual(sampleOf(folder));
  });

  it("lies spread over the folder", () => {
    const chosen = sampleOf(folder);
    expect(Math.max(...chosen) - Math.min(...chosen)).toBeGreaterThan(2_500);
  });

  it("stays within its octets, the largest message apart", () => {
    expect(sampleOf(folder.map(([uid]) => [uid, 900_000]))).toHaveLength(3);
  });

  it("is all there is in a small folder, and nothing in an empty one", () => {
    expect(sampleOf(folder.slice(0, 5))).toEqual([1, 2, 3, 4, 5]);
    expect(sampleOf([])).toEqual([]);
  });
});
