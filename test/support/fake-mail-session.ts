import { isMailferryError, MailferryError } from "../../shared/contract/errors.ts";
import { FolderPath, type Uid, type UidSet } from "../../shared/contract/ids.ts";
import { digestOf } from "../../shared/copy/content-identity.ts";
import { storableFlags } from "../../shared/copy/storable-flags.ts";
import { uidSetOf, uidsIn } from "../../shared/copy/uid-set.ts";
import type {
  AppendOutcome,
  FolderStatus,
  ListedFolder,
  Login,
  MailServers,
  MailSession,
  MessageMetadata,
  MessageSize,
  OutgoingMessage,
  RawMessage,
  ServerAddress,
  SurveyedFolder,
} from "../../shared/ports/mail-server.ts";
import type { FakeFolder, FakeMailServer, FakeMessage } from "./fake-mail-server.ts";

/** Two servers behind the port that the engine sees. Passwords are right unless a mailbox' is named wrong. */
export class FakeMailServerPair implements Pick<MailServers, "enter"> {
  readonly #servers: Readonly<Record<ServerAddress["side"], FakeMailServer>>;
  /** Sides whose login is refused. */
  readonly refusing = new Set<ServerAddress["side"]>();

  constructor(source: FakeMailServer, target: FakeMailServer) {
    this.#servers = { source, target };
  }

  async enter({ side }: ServerAddress, { mailbox }: Login): Promise<MailSession> {
    if (this.refusing.has(side)) {
      throw new MailferryError("LoginRefused", { side, mailbox, words: "Authentication failed." });
    }
    return new FakeMailSession(this.#servers[side], side, mailbox);
  }
}

/** One session: what RFC 3501 says of each command, on a server in memory. */
class FakeMailSession implements MailSession {
  readonly #server: FakeMailServer;
  readonly #side: ServerAddress["side"];
  readonly #mailbox: string;

  constructor(server: FakeMailServer, side: ServerAddress["side"], mailbox: string) {
    this.#server = server;
    this.#side = side;
    this.#mailbox = mailbox;
  }

  get capabilities(): readonly string[] {
    return this.#server.capabilities;
  }

  async listFolders(): Promise<readonly ListedFolder[]> {
    return this.#server.listed();
  }

  async survey(): Promise<readonly SurveyedFolder[]> {
    const isTold = this.capabilities.includes("LIST-STATUS");
    return Promise.all(
      this.#server.listed().map(async (folder) => ({
        ...folder,
        status: isTold && folder.selectable ? await this.folderStatus(folder.path) : null,
      })),
    );
  }

  async folderStatus(path: FolderPath): Promise<FolderStatus | null> {
    const folder = this.#server.folders.get(path);
    if (folder === undefined) return null;
    return {
      uidValidity: this.#server.uidValidityOf(path),
      uidNext: folder.uidNext,
      messages: folder.messages.length,
      highestModseq: this.#server.highestModseq(path),
    };
  }

  async createFolder(segments: readonly string[]): Promise<FolderPath> {
    const { separator, prefix, folders } = this.#server;
    if (segments.join(separator) === "INBOX") return FolderPath.parse("INBOX");
    if (segments.some((segment) => segment.startsWith("barred")))
      throw this.#unusable(segments.join(separator), "Permission denied");
    const path = FolderPath.parse(prefix + segments.join(separator));
    if (!folders.has(path)) this.#server.create(path);
    return path;
  }

  async createTogether(folders: readonly (readonly string[])[]): Promise<readonly SurveyedFolder[]> {
    const plain = folders.filter((segments) => segments.every((segment) => plainSegment.test(segment)));
    for (const segments of plain) await quietly(() => this.createFolder(segments));
    return plain.length === 0 ? [] : this.survey();
  }

  async subscribe(path: FolderPath): Promise<void> {
    this.#open(path).subscribed = true;
  }

  async subscribeTogether(paths: readonly FolderPath[]): Promise<ReadonlySet<FolderPath>> {
    const subscribed = new Set<FolderPath>();
    for (const path of paths) {
      await quietly(async () => {
        await this.subscribe(path);
        subscribed.add(path);
      });
    }
    return subscribed;
  }

  async uids(path: FolderPath): Promise<UidSet> {
    return uidSetOf(this.#open(path).messages.map(({ uid }) => uid));
  }

  async uidsWithout(path: FolderPath, unwanted: readonly string[]): Promise<UidSet> {
    const found = this.#open(path).messages.filter(
      ({ labels = [] }) => !labels.some((label) => unwanted.includes(label)),
    );
    return uidSetOf(found.map(({ uid }) => uid));
  }

  async metadata(path: FolderPath, uids?: UidSet): Promise<readonly MessageMetadata[]> {
    const { messages } = this.#open(path);
    const wanted = uids === undefined ? null : new Set(uidsIn(uids));
    return messages.filter(({ uid }) => wanted === null || wanted.has(uid)).map(metadataOf);
  }

  async sizes(path: FolderPath, uids: UidSet): Promise<readonly MessageSize[]> {
    return (await this.metadata(path, uids)).map(({ uid, size }) => ({ uid, size }));
  }

  async changedSince(path: FolderPath, modseq: string): Promise<readonly MessageMetadata[]> {
    return this.#open(path)
      .messages.filter((message) => message.modseq > Number(modseq))
      .map(metadataOf);
  }

  prepare(): void {
    // Nothing is got ready.
  }

  async *fetch(path: FolderPath, uids: UidSet): AsyncGenerator<RawMessage> {
    const wanted = new Set(uidsIn(uids));
    for (const message of [...this.#open(path).messages]) {
      if (wanted.has(message.uid)) yield { ...metadataOf(message), raw: new Uint8Array(message.raw) };
    }
  }

  async digests(path: FolderPath, uids: UidSet): Promise<ReadonlyMap<Uid, string>> {
    const digests = new Map<Uid, string>();
    for await (const { uid, raw } of this.fetch(path, uids)) digests.set(uid, await digestOf(raw));
    return digests;
  }

  async subject(path: FolderPath, uid: Uid): Promise<string> {
    const message = this.#open(path).messages.find((one) => one.uid === uid);
    return /^Subject: (.*)$/m.exec(new TextDecoder().decode(message?.raw))?.[1]?.trim() ?? "";
  }

  async append(path: FolderPath, messages: readonly OutgoingMessage[]): Promise<readonly AppendOutcome[]> {
    return messages.map((message) => this.#appendOne(path, message));
  }

  #appendOne(path: FolderPath, { raw, flags, internalDate }: OutgoingMessage): AppendOutcome {
    if (!this.#server.folders.has(path)) throw this.#unusable(path, "[TRYCREATE] no such folder");
    const refusal = this.#server.refuses(raw);
    if (refusal !== null) return { outcome: "refused", ...refusal };
    const kept = storableFlags(flags, this.#server.permanentFlags);
    const uid = this.#server.add(path, new Uint8Array(raw), kept, internalDate);
    this.#server.appended += 1;
    const isTold = this.#server.capabilities.includes("UIDPLUS");
    return { outcome: "stored", uid: isTold ? uid : null, isLetGo: true };
  }

  async setFlags(
    path: FolderPath,
    changes: readonly { readonly uid: Uid; readonly flags: readonly string[] }[],
  ): Promise<void> {
    for (const { uid, flags } of changes) this.#server.setFlags(path, uid, flags);
  }

  async remove(path: FolderPath, uids: UidSet): Promise<void> {
    const wanted = new Set(uidsIn(uids));
    for (const { uid, flags } of [...this.#open(path).messages]) {
      if (!wanted.has(uid)) continue;
      if (this.#server.capabilities.includes("UIDPLUS")) this.#server.remove(path, uid);
      else this.#server.setFlags(path, uid, [...new Set([...flags, "\\Deleted"])]);
    }
  }

  async permanentFlags(): Promise<readonly string[]> {
    return this.#server.permanentFlags;
  }

  async leave(): Promise<void> {
    // Nothing is held.
  }

  #open(path: FolderPath): FakeFolder {
    const folder = this.#server.folders.get(path);
    if (folder?.selectable !== true) throw this.#unusable(path, "Mailbox doesn't exist");
    return folder;
  }

  #unusable(folder: string, words: string): MailferryError {
    return new MailferryError("FolderUnusable", { folder, mailbox: this.#mailbox, side: this.#side, words });
  }
}

/** A name that no server changes. */
const plainSegment = /^[\p{L}\p{N} _-]+$/u;

/** What is asked together tells nobody why it was refused. */
const quietly = async (ask: () => Promise<unknown>): Promise<void> => {
  try {
    await ask();
  } catch (thrown) {
    if (!isMailferryError(thrown, "FolderUnusable")) throw thrown;
  }
};

const metadataOf = ({ uid, raw, internalDate, flags }: FakeMessage): MessageMetadata => ({
  uid,
  size: raw.length,
  internalDate,
  flags,
});
