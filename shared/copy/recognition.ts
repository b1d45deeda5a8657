import type { FolderPath, Uid, UidSet } from "../contract/ids.ts";
import type { MailSession, MessageMetadata, RawMessage } from "../ports/mail-server.ts";
import { canonicalLength, contentIdentity } from "./content-identity.ts";
import { IdentityPool } from "./identity-pool.ts";
import { letGo } from "./let-go.ts";
import { emptyUidSet, uidRange, uidSetOf, without } from "./uid-set.ts";

/** A message of the source that the target turned out to hold. */
export interface Recognised {
  readonly as: "alreadyThere" | "copied";
  readonly uid: Uid;
}

/** Where to look. */
export interface RecognitionScope {
  readonly path: FolderPath;
  /** Messages below this UID were there before mailferry first came. */
  readonly earlierBelow: number;
  /** Messages from this UID on may be what an interrupted attempt wrote; null when there was none. */
  readonly writtenFrom: number | null;
  /** Messages that stand for another one already. */
  readonly claimed: UidSet;
}

/** A server that keeps a message's last line as it is, or ends it, differs by one line end. */
const sizeTolerance = 2;

/**
 * Recognises messages that need not be sent: those that were in the target folder before, and those that an attempt wrote
 * whose end nobody saw. Only content counts. Bodies of the target are read only where the size fits, one at a time.
 */
export class Recognition {
  readonly #target: MailSession;
  readonly #path: FolderPath;
  /** Earlier messages whose bodies have not been read, by size. */
  readonly #unread = new Map<number, Uid[]>();
  /** Sizes whose messages have been read into the pool. */
  readonly #readSizes = new Set<number>();
  readonly #earlier = new IdentityPool();
  readonly #written = new IdentityPool();
  #hasWritten = false;

  private constructor(target: MailSession, path: FolderPath) {
    this.#target = target;
    this.#path = path;
  }

  /** Looks at the target as it is now. */
  static async open(target: MailSession, scope: RecognitionScope): Promise<Recognition> {
    const recognition = new Recognition(target, scope.path);
    const earlier = without(uidRange(1, scope.earlierBelow - 1), scope.claimed);
    if (earlier !== "") recognition.#remember(await target.metadata(scope.path, earlier));
    if (scope.writtenFrom !== null) await recognition.#readWritten(scope.writtenFrom, scope.claimed);
    return recognition;
  }

  /** Finds a message's like for every message that has one; each like is given out once. */
  async recognise(messages: readonly RawMessage[]): Promise<ReadonlyMap<Uid, Recognised>> {
    const recognised = new Map<Uid, Recognised>();
    if (!this.#hasWritten && this.#unread.size === 0 && this.#readSizes.size === 0) return recognised;
    const sizes = messages.map(({ raw }) => sizesLike(canonicalLength(raw)));
    await this.#read(new Set(sizes.flat()));
    for (const [index, message] of messages.entries()) {
      const fits = sizes[index]?.some((size) => this.#readSizes.has(size)) === true;
      if (!fits && !this.#hasWritten) continue;
      const found = this.#take(await contentIdentity(message.raw), fits);
      if (found !== null) recognised.set(message.uid, found);
    }
    return recognised;
  }

  /** Where no size fits, an attempt that is taken up must not find more than the first one looked for. */
  #take(identity: string, fits: boolean): Recognised | null {
    const earlier = fits ? this.#earlier.take(identity) : null;
    if (earlier !== null) return { as: "alreadyThere", uid: earlier };
    const written = this.#written.take(identity);
    return written === null ? null : { as: "copied", uid: written };
  }

  #remember(messages: readonly MessageMetadata[]): void {
    for (const { uid, size } of messages) {
      const alike = this.#unread.get(size);
      if (alike === undefined) this.#unread.set(size, [uid]);
      else alike.push(uid);
    }
  }

  /** Reads the bodies of the earlier messages of these sizes, in one FETCH. */
  async #read(sizes: ReadonlySet<number>): Promise<void> {
    const due = [...sizes].filter((size) => this.#unread.has(size));
    const uids = uidSetOf(due.flatMap((size) => this.#unread.get(size) ?? []));
    if (uids === "") return;
    for await (const { raw, uid } of this.#target.fetch(this.#path, uids)) {
      this.#earlier.add(await contentIdentity(raw), uid);
      letGo(raw);
    }
    for (const size of due) {
      this.#unread.delete(size);
      this.#readSizes.add(size);
    }
  }

  async #readWritten(from: number, claimed: UidSet): Promise<void> {
    const written = await writtenSince(this.#target, this.#path, from, claimed);
    for (const { identity, uid } of written) this.#written.add(identity, uid);
    this.#hasWritten = written.length > 0;
  }
}

const sizesLike = (length: number): readonly number[] =>
  Array.from({ length: 2 * sizeTolerance + 1 }, (_, step) => length - sizeTolerance + step);

/** How often a folder is looked at that goes on growing. */
const mostLooks = 10;

/**
 * What the target folder holds from a UID on, less what is claimed, by identity and ascending. It is looked at until nothing has
 * come to it meanwhile: a server may still be storing what an interrupted attempt had sent.
 */
export const writtenSince = async (
  target: MailSession,
  path: FolderPath,
  from: number,
  claimed: UidSet = emptyUidSet,
): Promise<readonly { readonly identity: string; readonly uid: Uid }[]> => {
  const written: { identity: string; uid: Uid }[] = [];
  let next = from;
  for (let look = 0; look < mostLooks; look += 1) {
    const status = await target.folderStatus(path);
    const uids = without(uidRange(next, (status?.uidNext ?? next) - 1), claimed);
    if (uids === "") break;
    for await (const { raw, uid } of target.fetch(path, uids)) {
      written.push({ identity: await contentIdentity(raw), uid });
      letGo(raw);
    }
    next = status?.uidNext ?? next;
  }
  return written.toSorted((one, other) => one.uid - other.uid);
};
