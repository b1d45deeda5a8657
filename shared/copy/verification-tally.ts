import type { Uid, UidSet } from "../contract/ids.ts";
import type { FolderSummary } from "../contract/mailbox.ts";
import type { Verification } from "../contract/verification.ts";
import type { Likeness } from "./compare-content.ts";
import type { MappedMessages } from "./mapped-messages.ts";
import { sourceUidsOf } from "./uid-map.ts";
import { countUids, intersectionOf, uidSetOf, unionOf, without } from "./uid-set.ts";

export type FolderCounts = Pick<FolderSummary, "source" | "copied" | "alreadyThere" | "refused">;

/** What a verification found that is not as it should be, or not quite; identical messages are only counted. */
export class VerificationTally {
  readonly #unlike = new Map<Uid, "normalised" | "different">();
  #compared = 0;

  note(found: ReadonlyMap<Uid, Likeness>): void {
    for (const [uid, likeness] of found) if (likeness !== "identical") this.#unlike.set(uid, likeness);
  }

  /** As `note`, for messages whose octets were read for the sake of it. */
  noteCompared(found: ReadonlyMap<Uid, Likeness>): void {
    this.#compared += found.size;
    this.note(found);
  }

  noteMissing(source: Uid): void {
    this.#unlike.set(source, "different");
  }

  /** Source UIDs whose messages the target holds in another form of the same content. */
  normalised(): UidSet {
    return this.#having("normalised");
  }

  /** What became of the messages that the source holds. What is unexplained stands under nothing but `source`. */
  counts(present: UidSet, mapped: MappedMessages): FolderCounts {
    const { written, recognised, refused } = this.#explained(present, mapped);
    return {
      source: countUids(present),
      copied: countUids(written),
      alreadyThere: countUids(recognised),
      refused: countUids(refused),
    };
  }

  /** The same messages in the four classes. `sampledBefore` were compared by earlier passes. */
  classes(present: UidSet, mapped: MappedMessages, sampledBefore: number): Verification {
    const { written, recognised, refused } = this.#explained(present, mapped);
    const known = unionOf(mapped.normalised, this.normalised());
    const normalised = intersectionOf(unionOf(written, recognised), known);
    return {
      identical: countUids(written) + countUids(recognised) - countUids(normalised),
      normalised: countUids(normalised),
      refused: countUids(refused),
      unexplained: countUids(without(present, unionOf(written, recognised, refused))),
      sampled: Math.min(countUids(present), sampledBefore + this.#compared),
    };
  }

  #explained(present: UidSet, { copied, alreadyThere, refused }: MappedMessages) {
    const explained = without(present, this.#having("different"));
    const written = intersectionOf(explained, unionOf(...copied.map(sourceUidsOf)));
    const recognised = intersectionOf(explained, unionOf(...alreadyThere.map(sourceUidsOf)));
    return {
      written,
      recognised: without(recognised, written),
      refused: intersectionOf(explained, refused),
    };
  }

  #having(wanted: Likeness): UidSet {
    return uidSetOf([...this.#unlike].flatMap(([uid, likeness]) => (likeness === wanted ? [uid] : [])));
  }
}
