import { MailferryError } from "../contract/errors.ts";
import type { Uid, UidSet } from "../contract/ids.ts";
import type { BatchPart, PartState } from "../contract/mailbox.ts";
import type { AppendOutcome, MessageMetadata, RawMessage } from "../ports/mail-server.ts";
import { AppendsUnderWay } from "./appends-under-way.ts";
import { confirmNamed } from "./confirm-named.ts";
import { contentIdentity } from "./content-identity.ts";
import { IdentityPool } from "./identity-pool.ts";
import { letGo } from "./let-go.ts";
import type { OversizeMessage, PartReading } from "./read-part.ts";
import { Recognition, writtenSince } from "./recognition.ts";
import { largestMessage } from "./refusal.ts";
import type { SeenMessages } from "./seen-messages.ts";
import type { Sessions } from "./sessions.ts";
import { subjectOf } from "./subject-of.ts";
import { type UidPair, uidMapOf } from "./uid-map.ts";
import { uidSetOf, unionOf, without } from "./uid-set.ts";
import type { WayToTarget } from "./way-to-target.ts";

/** A part whose intent is recorded. */
export type IntendedPart = BatchPart & {
  readonly progress: Extract<PartState, { state: "intended" }>;
};

export interface CopyScope {
  /** Messages of the target below this UID may be recognised (see FolderRecord). */
  readonly earlierBelow: number;
  /** Target messages that stand for another one already. */
  readonly claimed: UidSet;
  /** For messages to people. */
  readonly targetHost: string;
  /** Where a visit remembers what it reads of the source. @default nowhere */
  readonly seen?: SeenMessages | undefined;
}

export interface Refusal {
  readonly message: MessageMetadata;
  readonly subject: string;
  readonly code: string | null;
  readonly words: string;
}

/** How a part is copied. */
export interface CopyCourse {
  /** From its beginning. */
  readonly reading: PartReading;
  /** The way to the target, shared with the other parts that are under way. */
  readonly way: WayToTarget;
  /** Called before anything is written; may throw to stop in good time. */
  beforeChunk(): void;
  /** Called when the source has given everything and all of it is sent, while the answers are yet to come. */
  whenRead(): void;
}

/** What a part came to. */
export interface CopiedPart {
  readonly progress: Extract<PartState, { state: "recorded" }>;
  readonly refusals: readonly Refusal[];
}

/**
 * Copies one part: what the target holds already is recognised, the rest is appended. Nothing of it is recorded here; if it
 * ends in an error, the intent that stands recorded lets the next attempt find what this one wrote.
 *
 * @throws ConnectionLost when an APPEND's answer was lost: whether it is stored must be looked up, never assumed
 */
export const copyPart = async (
  sessions: Sessions,
  part: IntendedPart,
  scope: CopyScope,
  { reading, way, ...course }: CopyCourse,
): Promise<CopiedPart> => {
  const { target } = sessions;
  const { targetUidNext, takenUp } = part.progress;
  target.prepare(part.messages);
  const recognition = await Recognition.open(target, {
    path: part.targetPath,
    earlierBelow: Math.min(scope.earlierBelow, targetUidNext),
    writtenFrom: takenUp === undefined ? null : targetUidNext,
    claimed: scope.claimed,
  });
  const tally = new Tally(reading.oversize, targetUidNext);
  const appends = new AppendsUnderWay(target, part.targetPath, way, (message, outcome) =>
    tally.appended(message, outcome, scope.targetHost),
  );
  try {
    for await (const { messages } of reading.chunks) {
      course.beforeChunk();
      scope.seen?.noteRead(part.sourcePath, messages);
      const recognised = await recognition.recognise(messages);
      const unsent: RawMessage[] = [];
      for (const message of messages) {
        const found = recognised.get(message.uid);
        if (found === undefined) unsent.push(message);
        else tally.found(message, found.uid, found.as);
      }
      await appends.send(unsent);
    }
    course.whenRead();
    await appends.meetAll();
  } finally {
    await appends.settle();
  }
  await confirmNamed(target, part, scope, tally.named);
  await tally.locate(sessions, part, scope);
  return tally.result(part);
};

/** What became of each message so far. */
class Tally {
  readonly #copied: UidPair[] = [];
  readonly #alreadyThere: UidPair[] = [];
  readonly #refusals: Refusal[];
  /** Stored, but the server did not say under which UID. */
  readonly #unlocated: { readonly uid: Uid; readonly identity: string }[] = [];
  /** Target UIDs that the server has named for messages of this part. */
  readonly named = new Set<Uid>();
  /** Nothing that is appended now can have a UID below this. */
  readonly #targetUidNext: number;
  #bytes = 0;

  constructor(tooLarge: readonly OversizeMessage[], targetUidNext: number) {
    this.#targetUidNext = targetUidNext;
    const words = `larger than the ${largestMessage} octets that mailferry carries`;
    this.#refusals = tooLarge.map((oversize) => ({ ...oversize, code: "TOOBIG", words }));
  }

  found({ uid, raw }: RawMessage, targetUid: Uid, as: "alreadyThere" | "copied"): void {
    if (as === "alreadyThere") this.#alreadyThere.push([uid, targetUid]);
    else this.#copied.push([uid, targetUid]);
    if (as === "copied") this.#bytes += raw.length;
    letGo(raw);
  }

  /** A promise only where the content has to be looked at: most often the server says the UID. @throws ConnectionLost */
  appended(message: RawMessage, outcome: AppendOutcome | undefined, host: string): Promise<void> | undefined {
    if (outcome === undefined || outcome.outcome === "unknown") {
      const reason = outcome?.reason ?? "the server gave fewer answers than it was asked for";
      throw new MailferryError("ConnectionLost", { side: "target", host, reason });
    }
    if (outcome.outcome === "refused") {
      const { raw, ...metadata } = message;
      const { code, words } = outcome;
      this.#refusals.push({ message: metadata, subject: subjectOf(raw), code, words });
      return undefined;
    }
    this.#bytes += message.raw.length;
    if (!this.#isCredible(outcome.uid)) return this.#identify(message);
    this.#copied.push([message.uid, outcome.uid]);
    if (outcome.isLetGo) letGo(message.raw);
    return undefined;
  }

  async #identify({ uid, raw }: RawMessage): Promise<void> {
    this.#unlocated.push({ uid, identity: await contentIdentity(raw) });
  }

  /** A UID that was given away before, or named twice, is not this message's (a wrong APPENDUID): it is looked for instead. */
  #isCredible(uid: Uid | null): uid is Uid {
    if (uid === null || uid < this.#targetUidNext || this.named.has(uid)) return false;
    this.named.add(uid);
    return true;
  }

  /** Finds the UIDs that the server did not tell (no UIDPLUS), by looking. */
  async locate(sessions: Sessions, part: IntendedPart, scope: CopyScope): Promise<void> {
    if (this.#unlocated.length === 0) return;
    const claimed = unionOf(scope.claimed, uidSetOf(this.#copied.map(([, uid]) => uid)));
    const pool = new IdentityPool();
    const written = await writtenSince(
      sessions.target,
      part.targetPath,
      part.progress.targetUidNext,
      claimed,
    );
    for (const { identity, uid } of written) pool.add(identity, uid);
    for (const { uid, identity } of this.#unlocated) {
      const located = pool.take(identity);
      if (located === null) {
        const what = `a message was taken into ${part.targetPath} and is not there`;
        throw new MailferryError("ServerAnswerUnusable", { side: "target", host: scope.targetHost, what });
      }
      this.#copied.push([uid, located]);
    }
  }

  result({ uids, progress: { targetUidNext, targetUidValidity, takenUp } }: IntendedPart): CopiedPart {
    const copied = uidMapOf(this.#copied);
    const alreadyThere = uidMapOf(this.#alreadyThere);
    const refused = uidSetOf(this.#refusals.map(({ message }) => message.uid));
    const seen = unionOf(refused, uidSetOf([...this.#copied, ...this.#alreadyThere].map(([uid]) => uid)));
    return {
      refusals: this.#refusals,
      progress: {
        state: "recorded",
        targetUidValidity,
        copied,
        alreadyThere,
        refused,
        vanished: without(uids, seen),
        bytesCopied: this.#bytes,
        ...(takenUp === undefined || copied.length === 0
          ? {}
          : { doubt: { writtenFrom: targetUidNext, attempts: takenUp } }),
      },
    };
  }
}
