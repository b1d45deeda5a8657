import type { BatchPart, BatchRecord, FolderRecord } from "../contract/mailbox.ts";
import type { FolderStatus, MailSession } from "../ports/mail-server.ts";
import { isOutdated } from "./mapped-messages.ts";
import { partStatuses } from "./part-statuses.ts";
import { quietly } from "./quietly.ts";
import { type PartReading, readPart } from "./read-part.ts";
import { Room } from "./room.ts";
import { emptyUidSet } from "./uid-set.ts";

type Source = Pick<MailSession, "folderStatus" | "metadata" | "subject" | "fetch">;

interface Begun {
  readonly index: number;
  readonly isWhole: boolean;
  readonly bytes: number;
  readonly reading: Promise<PartReading>;
}

/**
 * What is read of later parts while an earlier one is taken: one after the other, small folders would each cost a round trip. It is
 * held in memory whole, because whatever else the source is asked about the earlier part is answered behind it.
 */
const mostWhole = { bytes: 4_000_000, parts: 32 } as const;

/** Sizes that a source tells are not exact everywhere; what it sends is held up to this. */
const mostHeld = { pieces: Number.POSITIVE_INFINITY, weight: 2 * mostWhole.bytes } as const;

/**
 * Everything that a batch needs of the source: the status of each part's folder, then the parts that can be read, in their order. It
 * begins at once, so that a batch may be on its way while the one before it is being appended and recorded. The first part is read as
 * far ahead as `fetchChunks` goes, and as many small ones behind it as there is room for.
 */
export class BatchReading {
  readonly #source: Source;
  readonly #parts: readonly BatchPart[];
  /** What the source says of each part's folder, if it was asked; null where it is gone or the part is recorded. */
  readonly statuses: Promise<readonly (FolderStatus | null)[]>;
  readonly #hasBegun: Promise<void>;
  readonly #roomForWhole = new Room(mostHeld);
  #due: readonly number[] = [];
  /** In their order. */
  #begun: readonly Begun[] = [];
  /** What nobody wants any more, until it has come. */
  readonly #passedOver: Promise<void>[] = [];

  /** `isAsPlanned` where the plan has just met the folders, so that they need not be asked for again. */
  constructor(
    source: Source,
    { parts }: BatchRecord,
    folders: ReadonlyMap<string, FolderRecord>,
    isAsPlanned: boolean,
  ) {
    this.#source = source;
    this.#parts = parts;
    this.statuses = isAsPlanned
      ? Promise.resolve([])
      : partStatuses(source, parts, ({ sourcePath }) => sourcePath);
    this.#hasBegun = quietly(
      this.statuses.then((statuses) => {
        this.#due = [...parts.keys()].filter((index) =>
          canBeRead(parts[index], folders, isAsPlanned ? undefined : (statuses[index] ?? null)),
        );
        this.#begin();
      }),
    );
  }

  /** Goes on with these parts only. What comes of another one is thrown away, which leaves the source's connection as good as it was. */
  async goOnWith(wanted: ReadonlySet<number>): Promise<void> {
    await this.#hasBegun;
    this.#due = this.#due.filter((index) => wanted.has(index));
    const begun = this.#begun;
    this.#begun = begun.filter(({ index }) => wanted.has(index));
    const [first] = this.#begun;
    for (const one of begun) {
      if (wanted.has(one.index)) continue;
      const passed = quietly(passOver(one));
      this.#passedOver.push(passed);
      // What comes behind one that is wanted comes when that has been taken.
      if (first === undefined || one.index < first.index) await passed;
    }
    this.#begin();
  }

  /** The reading of a part. Parts are taken in their order, each when all of the one before has been taken (`next`). */
  async part(index: number): Promise<PartReading> {
    await this.#hasBegun;
    const [first] = this.#begun;
    if (first?.index !== index) throw new RangeError(`Part ${index} is not being read.`);
    return first.reading;
  }

  /** Goes on to the next part, when the source has given all of the one before; false when there is none. */
  next(): boolean {
    this.#begun = this.#begun.slice(1);
    this.#begin();
    return this.#begun.length > 0;
  }

  /** Ends what is on its way, and with it the source's connection. */
  async leave(): Promise<void> {
    try {
      await this.#hasBegun;
      await Promise.allSettled(this.#begun.map(({ reading }) => leave(reading)));
    } catch {
      // It never began.
    }
    await Promise.allSettled(this.#passedOver);
  }

  #begin(): void {
    for (const index of this.#due) {
      const part = this.#parts[index];
      const isAhead = this.#begun.length > 0;
      if (part === undefined || (isAhead && !this.#hasRoomFor(part))) return;
      this.#due = this.#due.slice(1);
      const reading = quietly(readPart(this.#source, part, isAhead ? this.#roomForWhole : null));
      this.#begun = [...this.#begun, { index, isWhole: isAhead, bytes: part.bytes, reading }];
    }
  }

  /** One whose messages are too large is looked at message by message, which no other reading may be in the way of. */
  #hasRoomFor({ bytes, oversize }: BatchPart): boolean {
    const whole = this.#begun.filter(({ isWhole }) => isWhole);
    const held = whole.reduce((sum, one) => sum + one.bytes, 0);
    return oversize === emptyUidSet && whole.length < mostWhole.parts && held + bytes <= mostWhole.bytes;
  }
}

const passOver = async ({ reading }: Begun): Promise<void> => {
  for await (const _unwanted of (await reading).chunks);
};

const leave = async (reading: Promise<PartReading>): Promise<void> => {
  await (await reading).chunks[Symbol.asyncIterator]().return?.();
};

/** Whether a part is still to be copied, out of the folder that it was planned for. `source` is undefined where that is known. */
const canBeRead = (
  part: BatchPart | undefined,
  folders: ReadonlyMap<string, FolderRecord>,
  source: FolderStatus | null | undefined,
): boolean =>
  part !== undefined &&
  part.progress.state !== "recorded" &&
  !isOutdated(part, folders.get(part.sourcePath)) &&
  (source === undefined || source?.uidValidity === part.sourceUidValidity);
