import { FolderPath, type Uid, UidValidity } from "../../shared/contract/ids.ts";
import { uidOf } from "../../shared/copy/uid-set.ts";
import type { ListedFolder } from "../../shared/ports/mail-server.ts";

/** A message on a fake server. */
export interface FakeMessage {
  uid: Uid;
  raw: Uint8Array;
  internalDate: string;
  flags: readonly string[];
  modseq: number;
  /** Gmail's, as X-GM-LABELS tells them. */
  labels?: readonly string[];
}

/** A folder on a fake server. */
export interface FakeFolder {
  uidValidity: number;
  uidNext: number;
  selectable: boolean;
  subscribed: boolean;
  specialUse: string | null;
  messages: FakeMessage[];
}

/** How a server refuses a message. */
export interface FakeRefusal {
  readonly code: string | null;
  readonly words: string;
}

/** What a fake server can and cannot do. */
export interface FakeServerOptions {
  readonly separator?: string;
  readonly prefix?: string;
  readonly capabilities?: readonly string[];
  readonly permanentFlags?: readonly string[];
  /** What becomes of a message that is appended; null takes it. */
  readonly refuses?: (raw: Uint8Array) => FakeRefusal | null;
}

/** An IMAP server in memory: one mailbox with its folders, which tests fill and tamper with. */
export class FakeMailServer {
  readonly folders = new Map<FolderPath, FakeFolder>();
  readonly separator: string;
  readonly prefix: string;
  readonly capabilities: readonly string[];
  readonly permanentFlags: readonly string[];
  refuses: (raw: Uint8Array) => FakeRefusal | null;
  /** Messages taken by APPEND since the beginning. */
  appended = 0;
  #modseq = 1;
  #uidValidity = 1_000;

  constructor(options: FakeServerOptions = {}) {
    this.separator = options.separator ?? "/";
    this.prefix = options.prefix ?? "";
    this.capabilities = options.capabilities ?? ["IMAP4rev1", "UIDPLUS", "CONDSTORE"];
    this.permanentFlags = options.permanentFlags ?? [
      "\\Answered",
      "\\Flagged",
      "\\Deleted",
      "\\Seen",
      "\\Draft",
      "\\*",
    ];
    this.refuses = options.refuses ?? (() => null);
    this.create("INBOX");
  }

  create(path: string, differing: Partial<FakeFolder> = {}): FakeFolder {
    const folder: FakeFolder = {
      uidValidity: this.#uidValidity++,
      uidNext: 1,
      selectable: true,
      subscribed: false,
      specialUse: null,
      messages: [],
      ...differing,
    };
    this.folders.set(FolderPath.parse(path), folder);
    return folder;
  }

  delete(path: string): void {
    this.folders.delete(FolderPath.parse(path));
  }

  /** As most servers do it: the folder keeps its UIDVALIDITY and its UIDs. */
  rename(path: string, newPath: string): void {
    this.folders.set(FolderPath.parse(newPath), this.folder(path));
    this.delete(path);
  }

  /** @throws Error when there is no such folder */
  folder(path: string): FakeFolder {
    const folder = this.folders.get(FolderPath.parse(path));
    if (folder === undefined) throw new Error(`The fake server has no folder ${path}.`);
    return folder;
  }

  add(path: string, raw: string | Uint8Array, flags: readonly string[] = [], internalDate = usualDate): Uid {
    const folder = this.folder(path);
    const uid = uidOf(folder.uidNext);
    folder.uidNext += 1;
    folder.messages.push({
      uid,
      raw: typeof raw === "string" ? new TextEncoder().encode(raw) : raw,
      flags,
      internalDate,
      modseq: ++this.#modseq,
    });
    return uid;
  }

  setFlags(path: string, uid: number, flags: readonly string[]): void {
    for (const message of this.folder(path).messages) {
      if (message.uid !== uid) continue;
      message.flags = flags;
      message.modseq = ++this.#modseq;
    }
  }

  remove(path: string, uid: number): void {
    const folder = this.folder(path);
    folder.messages = folder.messages.filter((message) => message.uid !== uid);
    this.#modseq += 1;
  }

  /** Rebuilds a folder as a server does after a repair: same messages, other UIDs. */
  replaceUidValidity(path: string): void {
    const folder = this.folder(path);
    folder.uidValidity = this.#uidValidity++;
    folder.messages.reverse();
    folder.messages.forEach((message, index) => {
      message.uid = uidOf(index + 1);
    });
    folder.uidNext = folder.messages.length + 1;
  }

  highestModseq(path: FolderPath): string | null {
    if (!this.capabilities.includes("CONDSTORE")) return null;
    const modseqs = this.folder(path).messages.map(({ modseq }) => modseq);
    return String(Math.max(1, ...modseqs));
  }

  uidValidityOf(path: FolderPath): UidValidity {
    return UidValidity.parse(String(this.folder(path).uidValidity));
  }

  listed(): readonly ListedFolder[] {
    return [...this.folders].map(([path, { selectable, specialUse, subscribed }]) => {
      const relative =
        path !== "INBOX" && path.startsWith(this.prefix) ? path.slice(this.prefix.length) : path;
      const { separator } = this;
      return { path, segments: relative.split(separator), separator, selectable, specialUse, subscribed };
    });
  }

  /** Every folder's messages as one comparable text each, sorted; UIDs are the server's affair. */
  content(): Readonly<Record<string, readonly string[]>> {
    return Object.fromEntries(
      [...this.folders]
        .filter(([, { selectable }]) => selectable)
        .map(([path, { messages }]) => [path, messages.map(describe).sort()]),
    );
  }
}

const usualDate = "2020-02-29T23:59:59.000Z";

const describe = ({ raw, flags, internalDate }: FakeMessage): string =>
  `${internalDate} (${[...flags].sort().join(" ")}) ${new TextDecoder("latin1").decode(raw)}`;
