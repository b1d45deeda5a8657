import type { BatchPart, BatchRecord, FolderRecord } from "../contract/mailbox.ts";
import type { FolderStatus, MailSession } from "../ports/mail-server.ts";
import { isOutdated } from "./mapped-messages.ts";
import { partStatuses } from "./part-statuses.ts";
import { quietly } from "./quietly.ts";
import { type PartReading, readPart } from "./read-part.ts";

type Source = Pick<MailSession, "folderStatus" | "metadata" | "subject" | "fetch">;

interface Begun {
  readonly index: number;
  readonly reading: Promise<PartReading>;
}

/**
 * Everything that a batch needs of the source: the status of each part's folder, then the parts that can be read, in their order. It
 * begins at once, so that a batch may be on its way while the one before it is being appended and recorded. One part is read at a
 * time, as far ahead as `fetchChunks` goes.
 */
export class BatchReading {
  readonly #source: Source;
  readonly #parts: readonly BatchPart[];
  /** What the source says of each part's folder, if it was asked; null where it is gone or the part is recorded. */
  readonly statuses: Promise<readonly (FolderStatus | null)[]>;
  #begun: Promise<Begun | null>;
  #due: readonly number[] = [];

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
    this.#begun = quietly(
      this.statuses.then((statuses) => {
        this.#due = [...parts.keys()].filter((index) =>
          canBeRead(parts[index], folders, isAsPlanned ? undefined : (statuses[index] ?? null)),
        );
        return this.#begin();
      }),
    );
  }

  /** Goes on with these parts only. What comes of another one is thrown away, which leaves the source's connection as good as it was. */
  async goOnWith(wanted: ReadonlySet<number>): Promise<void> {
    const begun = await this.#begun;
    this.#due = this.#due.filter((index) => wanted.has(index));
    if (begun === null || wanted.has(begun.index)) return;
    for await (const _unwanted of (await begun.reading).chunks);
    this.next();
  }

  /** The reading of a part. Parts are taken in their order, each when `next` has begun with it. */
  async part(index: number): Promise<PartReading> {
    const begun = await this.#begun;
    if (begun?.index !== index) throw new RangeError(`Part ${index} is not being read.`);
    return begun.reading;
  }

  /** Begins with the next part, when the source has given all of the one before; false when there is none. */
  next(): boolean {
    const begun = this.#begin();
    this.#begun = Promise.resolve(begun);
    return begun !== null;
  }

  /** Ends what is on its way, and with it the source's connection. */
  async leave(): Promise<void> {
    try {
      const begun = await this.#begun;
      const reading = await begun?.reading;
      await reading?.chunks[Symbol.asyncIterator]().return?.();
    } catch {
      // It ended by itself.
    }
  }

  #begin(): Begun | null {
    const [index, ...due] = this.#due;
    const part = index === undefined ? undefined : this.#parts[index];
    if (index === undefined || part === undefined) return null;
    this.#due = due;
    return { index, reading: quietly(readPart(this.#source, part)) };
  }
}

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
