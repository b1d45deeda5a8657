import type { Amount } from "./folders.ts";
import { type Ends, intoFresh } from "./into-fresh.ts";
import type { Peer } from "./peer.ts";
import { requireCounts } from "./same-mail.ts";
import type { ServerPair } from "./server-pair.ts";

/** What is to be copied, and over what distance. */
export interface Load extends Amount {
  readonly mailboxes: number;
  readonly roundTripMilliseconds: number;
}

/** What a peer took for the same mail, or for the first messages of it. */
export interface PeerRuns {
  readonly peer: string;
  /** The first so many of each mailbox; null when it copied all. */
  readonly first: number | null;
  readonly seconds: readonly number[];
}

/** Where two of them were disturbed, the median is still of one that was not. */
const rounds = 5;
/** Seconds. A peer that takes longer is run once: where it is so far behind, one run shows as much as all. */
const worthAgain = 10;

/** Runs `own` and the installed peers in turns (A B A B), each into an empty target, whose messages are counted behind a peer. */
export const inTurns = async <Run>(
  load: Load,
  servers: ServerPair,
  peers: readonly Peer[],
  own: (ends: Ends, round: number) => Promise<Run>,
): Promise<{ readonly ours: readonly Run[]; readonly theirs: readonly PeerRuns[] }> => {
  const ours: Run[] = [];
  const theirs = peers
    .filter((peer) => peer.isInstalled())
    .map((peer) => ({ peer, first: partFor(peer, load), seconds: [] as number[] }));
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await intoFresh(servers, load.roundTripMilliseconds, (ends) => own(ends, round)));
    for (const { peer, first, seconds } of theirs) {
      if ((seconds[0] ?? 0) < worthAgain) seconds.push(await runPeer(peer, first, load, servers));
    }
  }
  return { ours, theirs: theirs.map((runs) => ({ ...runs, peer: runs.peer.name })) };
};

/** Of many folders a peer copies all: a part would cost it every folder's round trips for a few messages each. */
const partFor = (
  { atMostFar }: Peer,
  { messages, folders = 1, roundTripMilliseconds }: Load,
): number | null =>
  atMostFar === undefined || roundTripMilliseconds === 0 || folders > 1 || messages <= atMostFar
    ? null
    : atMostFar;

/** Peers add headers of their own, so only the counts can be the same. */
const runPeer = (peer: Peer, first: number | null, load: Load, servers: ServerPair): Promise<number> =>
  intoFresh(servers, load.roundTripMilliseconds, async (ends) => {
    const { users, directory } = servers;
    const seconds = await peer.time({ ...ends, users, directory, first });
    await requireCounts(ends.targetServer, users, { ...load, messages: first ?? load.messages });
    return seconds;
  });
