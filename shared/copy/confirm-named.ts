import { MailferryError } from "../contract/errors.ts";
import type { Uid } from "../contract/ids.ts";
import type { MailSession } from "../ports/mail-server.ts";
import type { CopyScope, IntendedPart } from "./copy-part.ts";
import { uidRange, uidSetOf } from "./uid-set.ts";

/**
 * Makes sure of the UIDs that the target named for what it took (APPENDUID). Those that follow on from the intent without a gap are
 * believed, because so a server gives them away; where there is a gap, the target is asked for them. Wrong ones that are recorded
 * would be missed at the end of the pass, and their messages written a second time by the next.
 *
 * @throws ServerAnswerUnusable when they are not there: nothing is recorded, and the next attempt finds the messages by content
 */
export const confirmNamed = async (
  target: Pick<MailSession, "metadata">,
  { progress: { targetUidNext }, targetPath }: IntendedPart,
  { targetHost }: Pick<CopyScope, "targetHost">,
  named: ReadonlySet<Uid>,
): Promise<void> => {
  const uids = uidSetOf([...named]);
  if (uids === "" || uids === uidRange(targetUidNext, targetUidNext + named.size - 1)) return;
  const there = await target.metadata(targetPath, uids);
  if (there.length === named.size) return;
  const what = `APPENDUID named messages of ${targetPath} that are not there`;
  throw new MailferryError("ServerAnswerUnusable", { side: "target", host: targetHost, what });
};
