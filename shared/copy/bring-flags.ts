import type { FolderPath, Uid } from "../contract/ids.ts";
import type { FolderRecord } from "../contract/mailbox.ts";
import type { MailSession, MessageMetadata } from "../ports/mail-server.ts";
import { digestOf } from "./content-identity.ts";
import { pairsAt, type RecordedPart } from "./mapped-messages.ts";
import type { Sessions } from "./sessions.ts";
import { sameFlags, storableFlags } from "./storable-flags.ts";
import { touchedAtTarget } from "./touched-at-target.ts";
import { sourceUidsOf } from "./uid-map.ts";
import { emptyUidSet, slicesOf, uidSetOf, unionOf } from "./uid-set.ts";

/** A target message whose flags are not those of its source message. */
export interface FlagDifference {
  readonly uid: Uid;
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** So many messages' metadata are held at one time. */
const slice = 2_000;

/** Gives target messages the flags of their source messages, as far as the folder keeps them. Whether any was written. */
export const setDifferingFlags = async (
  target: MailSession,
  path: FolderPath,
  differences: readonly FlagDifference[],
): Promise<boolean> => {
  if (differences.length === 0) return false;
  const permanent = await target.permanentFlags(path);
  const changes = differences.flatMap(({ uid, from, to }) => {
    const flags = storableFlags(to, permanent);
    return sameFlags(flags, from) ? [] : [{ uid, flags }];
  });
  if (changes.length > 0) await target.setFlags(path, changes);
  return changes.length > 0;
};

/** What bringing flags came to. */
export interface BroughtFlags {
  /** To be recorded of a source without CONDSTORE. */
  readonly digest: string | undefined;
  readonly hasWritten: boolean;
}

/**
 * Brings flags that changed at the source since the last pass to messages that earlier passes verified. With CONDSTORE the source names what changed. Without it the flags of the source
 * alone are read and their digest is compared with the recorded one; only when they differ is the target read as well.
 *
 * Once people work at the target, what they changed there since the last pass is left alone; where that cannot be told, because
 * a side has no CONDSTORE, everything is.
 */
export const bringFlags = async (
  sessions: Sessions,
  folder: FolderRecord,
  verified: readonly RecordedPart[],
  peopleAtTarget: boolean,
): Promise<BroughtFlags> => {
  const { source } = sessions;
  if (source.capabilities.includes("CONDSTORE") && folder.flagsAsOfModseq !== null) {
    const changed = await source.changedSince(folder.sourcePath, folder.flagsAsOfModseq);
    const hasWritten = await bring(
      sessions,
      folder,
      verified,
      changed,
      peopleAtTarget ? await touchedAtTarget(sessions, folder) : new Set(),
    );
    return { digest: folder.flagsDigest, hasWritten };
  }
  if (peopleAtTarget || verified.length === 0) return { digest: folder.flagsDigest, hasWritten: false };
  const digest = await flagsDigest(source, folder, verified);
  let hasWritten = false;
  if (digest === folder.flagsDigest) return { digest, hasWritten };
  for (const uids of slicesOf(sourcesOf(verified), slice)) {
    const messages = await source.metadata(folder.sourcePath, uids);
    const isChanged = await bring(sessions, folder, verified, messages, new Set());
    hasWritten ||= isChanged;
  }
  return { digest, hasWritten };
};

/** `spared` are target UIDs, or null when all are. */
const bring = async (
  { target }: Sessions,
  folder: FolderRecord,
  verified: readonly RecordedPart[],
  messages: readonly MessageMetadata[],
  spared: ReadonlySet<Uid> | null,
): Promise<boolean> => {
  let hasWritten = false;
  if (spared === null) return hasWritten;
  const flags = new Map(messages.map((message) => [message.uid, message.flags]));
  for (const uids of slicesOf(uidSetOf(flags.keys()), slice)) {
    const pairs = pairsAt(verified, uids).filter(([, uid]) => !spared.has(uid));
    const wanted = uidSetOf(pairs.map(([, uid]) => uid));
    if (wanted === emptyUidSet) continue;
    const there = await target.metadata(folder.targetPath, wanted);
    const present = new Map(there.map((message) => [message.uid, message.flags]));
    const differences = pairs.flatMap(([source, uid]): FlagDifference[] => {
      const [from, to] = [present.get(uid), flags.get(source)];
      return from === undefined || to === undefined || sameFlags(from, to) ? [] : [{ uid, from, to }];
    });
    const isChanged = await setDifferingFlags(target, folder.targetPath, differences);
    hasWritten ||= isChanged;
  }
  return hasWritten;
};

const flagsDigest = async (
  source: MailSession,
  { sourcePath }: FolderRecord,
  verified: readonly RecordedPart[],
): Promise<string> => {
  const encoder = new TextEncoder();
  let digest = "";
  for (const uids of slicesOf(sourcesOf(verified), slice)) {
    const lines = (await source.metadata(sourcePath, uids)).map(
      ({ uid, flags }) => `${uid} ${flags.toSorted().join(" ")}\n`,
    );
    digest = await digestOf(encoder.encode(digest + lines.join("")));
  }
  return digest;
};

const sourcesOf = (parts: readonly RecordedPart[]) =>
  unionOf(...parts.flatMap(({ progress }) => [progress.copied, progress.alreadyThere]).map(sourceUidsOf));
