import { median, speed } from "./figures.ts";
import type { Load, PeerRuns } from "./in-turns.ts";

/**
 * A peer's line below ours: the medians' ratio of messages a second, above 1 where we are faster. Where the peer copied a part of the
 * mail, the line says so.
 */
export const comparison = (
  { mailboxes, messages }: Pick<Load, "mailboxes" | "messages">,
  ourSeconds: number,
  { peer, first, seconds }: PeerRuns,
  wanted?: number | string,
): string => {
  const theirMessages = mailboxes * (first ?? messages);
  const theirSeconds = median(seconds);
  const ratio = (mailboxes * messages * theirSeconds) / (theirMessages * ourSeconds);
  const name = first === null ? peer : `${peer}, the first ${first} messages`;
  const toReach = wanted === undefined ? "" : `   (to reach: ${wanted})`;
  return `  ${name.padEnd(38)}${speed(theirSeconds, theirMessages)}; ratio ${ratio.toFixed(2)}${toReach}`;
};
