import type { Uid } from "../../../../shared/contract/ids.ts";
import { uidOf } from "../../../../shared/copy/uid-set.ts";
import type { StatusResponse } from "./status-response.ts";

const form = /^(\d{1,10}) (\d{1,10}(?::\d{1,10})?(?:,\d{1,10}(?::\d{1,10})?)*)$/;

/** A UID set for as many messages as one command appends is never longer. */
const longest = 4_000;

/**
 * The UIDs of so many appended messages, in their order, from the answer's APPENDUID (RFC 4315 §3). Null when the server does not
 * tell, or tells something that cannot be: another number of UIDs, or UIDs that do not ascend. The message is stored all the
 * same, so where it is must be looked up.
 */
export const readAppendUid = (
  { status, code, detail }: Pick<StatusResponse, "status" | "code" | "detail">,
  messages: number,
): readonly Uid[] | null => {
  if (status !== "OK" || code !== "APPENDUID" || detail.length > longest) return null;
  const set = form.exec(detail)?.[2];
  if (set === undefined) return null;
  const uids: Uid[] = [];
  for (const range of set.split(",")) {
    const [first = 0, last = first] = range.split(":").map(Number);
    if (first < 1 || last < first || last > 4_294_967_295) return null;
    if (uids.length + last - first + 1 > messages) return null;
    for (let uid = first; uid <= last; uid += 1) {
      if (uid <= (uids.at(-1) ?? 0)) return null;
      uids.push(uidOf(uid));
    }
  }
  return uids.length === messages ? uids : null;
};
