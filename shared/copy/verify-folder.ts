import type { Uid } from "../contract/ids.ts";
import type { BatchRecord, FolderRecord } from "../contract/mailbox.ts";
import type { MailSession, MessageMetadata } from "../ports/mail-server.ts";
import type { ComparedMessage } from "./bring-flags.ts";
import { contentIdentity } from "./content-identity.ts";
import { mappedMessages } from "./mapped-messages.ts";
import type { Sessions } from "./sessions.ts";
import { pairsOf } from "./uid-map.ts";
import { countUids, intersectionOf, uidRange, uidSetOf } from "./uid-set.ts";

/** A folder's messages as both servers show them now. */
export interface VerifiedFolder {
  readonly present: readonly MessageMetadata[];
  /** On both sides. */
  readonly compared: readonly ComparedMessage[];
  /** Target UIDs that were written or recognised in this pass and are not there. */
  readonly missing: readonly Uid[];
  readonly counts: {
    readonly source: number;
    readonly copied: number;
    readonly alreadyThere: number;
    readonly refused: number;
  };
}

/**
 * Compares a folder message by message from metadata: every message of the source that was planned must be mapped to a
 * target message that is there, of the same size and date, or be refused. Whatever is neither is not counted, so that the
 * folder does not add up.
 *
 * What an earlier completed pass verified may be gone from the target since: a person removed it there, which is theirs to do.
 */
export const verifyFolder = async (
  sessions: Sessions,
  folder: FolderRecord,
  batches: readonly BatchRecord[],
  verifiedPass: number,
): Promise<VerifiedFolder> => {
  const planned = uidRange(1, folder.plannedBelowUid - 1);
  const present = planned === "" ? [] : await sessions.source.metadata(folder.sourcePath, planned);
  const sources = new Map(present.map((message) => [message.uid, message]));
  const pairs = [...pairsIn(folder, batches, verifiedPass)].filter(({ source }) => sources.has(source));
  const wanted = uidSetOf(pairs.map(({ target }) => target));
  const there = wanted === "" ? [] : await sessions.target.metadata(folder.targetPath, wanted);
  const targets = new Map(there.map((message) => [message.uid, message]));

  const counted = { copied: 0, alreadyThere: 0 };
  const compared: ComparedMessage[] = [];
  const missing: Uid[] = [];
  for (const pair of pairs) {
    const [source, target] = [sources.get(pair.source), targets.get(pair.target)];
    if (source === undefined) continue;
    if (target === undefined) {
      if (pair.isNew) missing.push(pair.target);
      else counted[pair.as] += 1;
      continue;
    }
    const message = { source, target, as: pair.as, isNew: pair.isNew };
    compared.push(message);
    if (!pair.isNew || (await isFaithful(sessions, folder, message))) counted[pair.as] += 1;
  }
  const { refused } = mappedMessages(batches, folder);
  const refusedPresent = intersectionOf(refused, uidSetOf(sources.keys()));
  const counts = { source: present.length, ...counted, refused: countUids(refusedPresent) };
  return { present, compared, missing, counts };
};

interface Pair {
  readonly source: Uid;
  readonly target: Uid;
  readonly as: "copied" | "alreadyThere";
  readonly isNew: boolean;
}

function* pairsIn(
  folder: FolderRecord,
  batches: readonly BatchRecord[],
  verifiedPass: number,
): Generator<Pair> {
  const seen = new Set<Uid>();
  // Newest first: a message that was owed was mapped anew, and its older mapping is void.
  for (const batch of batches.toReversed()) {
    const { copied, alreadyThere } = mappedMessages([batch], folder);
    const isNew = batch.pass > verifiedPass;
    for (const [as, maps] of [
      ["copied", copied],
      ["alreadyThere", alreadyThere],
    ] as const) {
      for (const [source, target] of maps.flatMap((map) => [...pairsOf(map)])) {
        if (seen.has(source)) continue;
        seen.add(source);
        yield { source, target, as, isNew };
      }
    }
  }
}

/** Same size and date, or, where the sizes differ, the same content in the form that is compared (EOL, NUL). */
const isFaithful = async (
  { source, target }: Sessions,
  folder: FolderRecord,
  message: ComparedMessage,
): Promise<boolean> => {
  if (message.as === "copied" && !sameDate(message)) return false;
  if (message.source.size === message.target.size) return true;
  const [one, other] = [
    await identityAt(source, folder.sourcePath, message.source.uid),
    await identityAt(target, folder.targetPath, message.target.uid),
  ];
  return one !== null && one === other;
};

const identityAt = async (
  session: MailSession,
  path: FolderRecord["sourcePath"],
  uid: Uid,
): Promise<string | null> => {
  let identity: string | null = null;
  for await (const { raw } of session.fetch(path, uidSetOf([uid]))) identity = await contentIdentity(raw);
  return identity;
};

/** To the second. Dates that IMAP servers cannot keep (before 1970, after 2038-01-19) are theirs to change. */
const sameDate = ({ source, target }: ComparedMessage): boolean => {
  const second = Math.floor(Date.parse(source.internalDate) / 1_000);
  return (
    second === Math.floor(Date.parse(target.internalDate) / 1_000) || second < 0 || second > 2_147_483_646
  );
};
