/** A notice, or a part of one, that cannot go out now: after so many seconds where that is known, and why. */
export interface Waiting {
  readonly outcome: "wait";
  readonly seconds?: number;
  readonly words: string;
}
