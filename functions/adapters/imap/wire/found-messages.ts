import type { UidSet } from "../../../../shared/contract/ids.ts";
import { emptyUidSet, uidSetFrom, uidSetOf } from "../../../../shared/copy/uid-set.ts";

const plain = /^\* SEARCH(?= |$)/i;
const extended = /^\* ESEARCH(?: \(TAG "[^"]*"\))?(?: UID)?(?: ALL ([\d:,]+))?$/i;
const uid = /^[1-9]\d{0,9}$/;

/** The messages that a UID SEARCH finds, whether they come one by one (RFC 3501 §7.2.5) or in ranges (RFC 4731 §3.1). */
export class FoundMessages {
  #uids: UidSet | null = null;

  /** Null until a search has been answered in a form that can be read. */
  get uids(): UidSet | null {
    return this.#uids;
  }

  hear(line: string): void {
    const opening = plain.exec(line)?.[0];
    if (opening !== undefined) this.#uids = one(line.slice(opening.length));
    const ranges = extended.exec(line);
    if (ranges !== null) this.#uids = ranges[1] === undefined ? emptyUidSet : uidSetFrom(ranges[1]);
  }
}

const one = (text: string): UidSet | null => {
  const words = text.split(" ").filter((word) => word !== "");
  return words.every((word) => uid.test(word)) ? uidSetOf(words.map(Number)) : null;
};
