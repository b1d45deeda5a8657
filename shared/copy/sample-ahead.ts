import type { Uid } from "../contract/ids.ts";
import type { FolderRecord } from "../contract/mailbox.ts";
import { compareContent, type Likeness, type ToCompare } from "./compare-content.ts";
import { quietly } from "./quietly.ts";
import type { PartToRead } from "./read-parts.ts";
import { Sample } from "./sample.ts";
import type { Sessions } from "./sessions.ts";

/** A sample that may be on its way. */
export interface SampleAhead {
  /** What the sample that was chosen shows. */
  compare(chosen: ToCompare): Promise<ReadonlyMap<Uid, Likeness>>;
  /** Returns when nothing that was asked for ahead is under way. */
  settle(): Promise<void>;
}

/**
 * Compares the octets of a folder's sample while its metadata is still being read, where the visit knows the messages of the source (`parts`;
 * null where it does not): if all of them are at the target in the same size, the sample is theirs. If not, another is chosen, and read
 * anew.
 */
export const sampleAhead = (
  sessions: Sessions,
  folder: FolderRecord,
  parts: readonly PartToRead[] | null,
): SampleAhead => {
  const expected = parts === null ? null : expectedSample(parts);
  const compare: SampleAhead["compare"] = (chosen) => compareContent(sessions, folder, chosen);
  if (expected === null) return { compare, settle: async () => undefined };
  const likenesses = quietly(compare(expected));
  return {
    compare: async (chosen) => (isSame(chosen, expected) ? likenesses : compare(chosen)),
    settle: async () => {
      await Promise.allSettled([likenesses]);
    },
  };
};

const expectedSample = (parts: readonly PartToRead[]): ToCompare | null => {
  const sample = new Sample();
  for (const { pairs, seen } of parts) {
    if (seen === null) return null;
    for (const pair of pairs) {
      const message = seen.get(pair[0]);
      if (message !== undefined) sample.offer(pair, message.size);
    }
  }
  return sample.chosen();
};

const isSame = (one: ToCompare, other: ToCompare): boolean =>
  one.pairs.length === other.pairs.length &&
  one.pairs.every(([source, target], index) => {
    const [otherSource, otherTarget] = other.pairs[index] ?? [];
    return source === otherSource && target === otherTarget;
  });
