import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MappedMessages } from "../../../shared/copy/mapped-messages.ts";
import { uidMapOf } from "../../../shared/copy/uid-map.ts";
import { emptyUidSet, uidOf, uidRange, uidSetOf } from "../../../shared/copy/uid-set.ts";
import { VerificationTally } from "../../../shared/copy/verification-tally.ts";

const mapOf = (uids: readonly number[]) => uidMapOf(uids.map((uid) => [uidOf(uid), uidOf(uid + 500)]));
const mapped = (differing: Partial<MappedMessages> = {}): MappedMessages => ({
  copied: [mapOf([1, 2, 3, 4])],
  alreadyThere: [mapOf([5, 6])],
  normalised: emptyUidSet,
  refused: uidSetOf([7]),
  owed: emptyUidSet,
  ...differing,
});

describe("what a verification comes to", () => {
  it("is balanced when every message is mapped or refused and nothing was found", () => {
    const tally = new VerificationTally();
    expect(tally.counts(uidRange(1, 7), mapped())).toEqual({
      source: 7,
      copied: 4,
      alreadyThere: 2,
      refused: 1,
    });
    expect(tally.classes(uidRange(1, 7), mapped(), 3)).toEqual({
      ...{ identical: 6, normalised: 0, refused: 1, unexplained: 0, sampled: 3 },
    });
  });

  it("counts a message that nobody accounts for as unexplained", () => {
    expect(new VerificationTally().classes(uidRange(1, 9), mapped(), 0)).toMatchObject({ unexplained: 2 });
  });

  it("counts a message that is known to differ under nothing but the source", () => {
    const tally = new VerificationTally();
    tally.noteMissing(uidOf(1));
    tally.note(new Map([[uidOf(5), "different"]]));
    expect(tally.counts(uidRange(1, 7), mapped())).toEqual({
      source: 7,
      copied: 3,
      alreadyThere: 1,
      refused: 1,
    });
  });

  it("counts messages that are the same but for line ends apart, whenever that was found", () => {
    const tally = new VerificationTally();
    tally.noteCompared(
      new Map([
        [uidOf(2), "normalised"],
        [uidOf(3), "identical"],
      ]),
    );
    expect(tally.normalised()).toBe("2");
    expect(tally.classes(uidRange(1, 7), mapped({ normalised: uidSetOf([4, 99]) }), 0)).toEqual({
      ...{ identical: 4, normalised: 2, refused: 1, unexplained: 0, sampled: 2 },
    });
  });

  it("puts every message of the source into one class, whatever was found", () => {
    const uids = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 40 });
    fc.assert(
      fc.property(
        uids,
        uids,
        uids,
        uids,
        uids,
        uids,
        (present, copied, there, refused, normalised, different) => {
          const tally = new VerificationTally();
          tally.note(new Map(normalised.map((uid) => [uidOf(uid), "normalised"])));
          for (const uid of different) tally.noteMissing(uidOf(uid));
          const isMapped = (uid: number) => copied.includes(uid) || there.includes(uid);
          const all = mapped({
            copied: [mapOf(copied)],
            alreadyThere: [mapOf(there)],
            refused: uidSetOf(refused.filter((uid) => !isMapped(uid))),
          });
          const classes = tally.classes(uidSetOf(present), all, 0);
          const { identical, normalised: same, unexplained } = classes;
          expect(identical + same + classes.refused + unexplained).toBe(present.length);
          for (const count of Object.values(classes)) expect(count).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
