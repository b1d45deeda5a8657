import type { FolderPath, Uid, UidSet } from "../contract/ids.ts";
import type { MailSession, MessageMetadata } from "../ports/mail-server.ts";
import { sameFlags } from "./storable-flags.ts";
import { emptyUidSet, slicesOf, uidSetOf } from "./uid-set.ts";

/** So many messages' metadata are held at one time. */
const slice = 2_000;

/** A recorded message that may stand on the target more than once. */
export interface Keeper {
  readonly uid: Uid;
  /** How many more of it attempts may have sent. */
  readonly attempts: number;
}

/** Messages beside those that are recorded. */
export interface Stragglers {
  /** Ours beyond doubt, each with the recorded message that it repeats. */
  readonly ours: readonly { readonly keeper: Uid; readonly uid: Uid }[];
  /** As ours, but for the flags or the number: somebody may have copied or marked them. */
  readonly doubtful: readonly Uid[];
}

/**
 * Finds messages of a target folder that repeat one of the keepers. Both lie on the same server, which made the same of the same octets,
 * so nothing less than the same octets, date and flags counts; a keeper that is not there any more is repeated by nothing.
 */
export const findStragglers = async (
  target: MailSession,
  path: FolderPath,
  unclaimed: UidSet,
  keepers: readonly Keeper[],
): Promise<Stragglers> => {
  const attempts = new Map(keepers.map(({ uid, attempts: most }) => [uid, most]));
  const kept = await metadataOf(target, path, uidSetOf(attempts.keys()), () => true);
  const outlines = new Set(kept.map(outlineOf));
  const isAlike = (message: MessageMetadata) => !isDeleted(message) && outlines.has(outlineOf(message));
  const alike = await metadataOf(target, path, unclaimed, isAlike);
  if (alike.length === 0) return { ours: [], doubtful: [] };
  const repeated = new Set(alike.map(outlineOf));
  const likely = kept.filter((message) => repeated.has(outlineOf(message)));
  const digests = await target.digests(path, uidSetOf([...alike, ...likely].map(({ uid }) => uid)));
  const nameOf = (message: MessageMetadata) => `${outlineOf(message)} ${digests.get(message.uid) ?? ""}`;
  const waiting = likely.map((message) => ({
    name: nameOf(message),
    flags: message.flags,
    uid: message.uid,
    left: attempts.get(message.uid) ?? 0,
  }));
  const byName = Map.groupBy(waiting, ({ name }) => name);
  const ours: { keeper: Uid; uid: Uid }[] = [];
  const doubtful: Uid[] = [];
  for (const message of alike) {
    const twins = digests.has(message.uid) ? (byName.get(nameOf(message)) ?? []) : [];
    const keeper = twins.find(({ flags, left }) => left > 0 && sameFlags(flags, message.flags));
    if (keeper !== undefined) {
      keeper.left -= 1;
      ours.push({ keeper: keeper.uid, uid: message.uid });
    } else if (twins.length > 0) doubtful.push(message.uid);
  }
  return { ours, doubtful };
};

/** On its way out: removed by somebody, or by mailferry where single messages cannot be expunged. */
export const isDeleted = ({ flags }: Pick<MessageMetadata, "flags">): boolean =>
  flags.some((flag) => flag.toLowerCase() === "\\deleted");

const metadataOf = async (
  target: MailSession,
  path: FolderPath,
  wanted: UidSet,
  isOfUse: (message: MessageMetadata) => boolean,
): Promise<readonly MessageMetadata[]> => {
  const found: MessageMetadata[] = [];
  for (const uids of wanted === emptyUidSet ? [] : slicesOf(wanted, slice)) {
    found.push(...(await target.metadata(path, uids)).filter(isOfUse));
  }
  return found;
};

/** What is known of a message before its octets are read; INTERNALDATE has seconds. */
const outlineOf = ({ size, internalDate }: MessageMetadata): string =>
  `${size} ${Math.floor(Date.parse(internalDate) / 1_000)}`;
