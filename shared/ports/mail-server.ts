import type { FolderPath, Uid, UidSet, UidValidity } from "../contract/ids.ts";

/** Which end of the move a server is. */
export type Side = "source" | "target";

/** Where a server listens and how it is secured. */
export interface ServerAddress {
  readonly side: Side;
  readonly host: string;
  readonly port: number;
  readonly tls: "implicit" | "starttls" | "none";
  /** PEM of the authority to trust instead of the public ones. */
  readonly ca?: string;
  /** Silence while an answer is due, after which the connection counts as lost. @default 90 s */
  readonly silenceMilliseconds?: number;
  /**
   * How many connections one mailbox may hold at a time; more than one append much mail faster, and one is enough to read it. A
   * server that lets the mailbox have fewer is content with fewer. @default 1
   */
  readonly connections?: number;
}

interface LoginName {
  /** The mailbox, for messages to people; never the password. */
  readonly mailbox: string;
  /** Who logs in: the mailbox itself, or a master user under a name of another form. */
  readonly user: string;
}

/**
 * How one mailbox is entered: with a password, or with an access token of OAuth 2.0 (RFC 7628). `authorizationId` is the mailbox
 * when a master user logs in (RFC 4616).
 */
export type Login = LoginName &
  (
    | { readonly password: string; readonly authorizationId?: string; readonly accessToken?: never }
    | { readonly accessToken: string; readonly password?: never; readonly authorizationId?: never }
  );

/** Opens sessions; the only door to IMAP. */
export interface MailServers {
  /**
   * Connects, checks TLS and reads greeting and capabilities without logging in.
   * @throws ServerUnreachable, TlsFailed, ServerBusy
   */
  probe(server: ServerAddress): Promise<{ readonly capabilities: readonly string[] }>;
  /**
   * Connects and logs in.
   * @throws ServerUnreachable, TlsFailed, ServerBusy (`[UNAVAILABLE]`, `[LIMIT]`, `[INUSE]`: never mistaken for a wrong password),
   * LoginRefused, MasterRefused (the same for a master user), TokenRefused (the same for an access token)
   */
  enter(server: ServerAddress, login: Login): Promise<MailSession>;
}

/** A folder as LIST shows it. */
export interface ListedFolder {
  readonly path: FolderPath;
  /** The path cut at its separator, without the prefix of the personal namespace (`INBOX.` on some servers). */
  readonly segments: readonly string[];
  readonly separator: string;
  /** False for `\Noselect` and `\NonExistent`: it holds folders, not messages. */
  readonly selectable: boolean;
  /** RFC 6154 attribute (`\Sent`, …) and how it is known; null when the server says nothing. */
  readonly specialUse: string | null;
  readonly subscribed: boolean;
}

/** A folder as STATUS or SELECT describes it. */
export interface FolderStatus {
  readonly uidValidity: UidValidity;
  readonly uidNext: number;
  readonly messages: number;
  /** RFC 7162; null where CONDSTORE is not offered. */
  readonly highestModseq: string | null;
}

/** A folder with its STATUS, as far as the server gave it when it was asked for all of them. */
export interface SurveyedFolder extends ListedFolder {
  /** Null where the server said nothing of it that can be used: it is to be asked by itself. */
  readonly status: FolderStatus | null;
}

/** All that is known of a message without its body. */
export interface MessageMetadata {
  readonly uid: Uid;
  /** RFC822.SIZE in octets. */
  readonly size: number;
  /** INTERNALDATE, ISO 8601 in UTC. */
  readonly internalDate: string;
  /** Flags and keywords as the server spells them, without `\Recent`. */
  readonly flags: readonly string[];
}

/** How large a message is, which is all that a plan wants to know of it. */
export type MessageSize = Pick<MessageMetadata, "uid" | "size">;

/** A message with its octets, which belong to whoever it is given to (`letGo`). */
export interface RawMessage extends MessageMetadata {
  readonly raw: Uint8Array;
}

/** A message to be appended. */
export type OutgoingMessage = Pick<RawMessage, "raw" | "internalDate" | "flags">;

/**
 * What became of one APPEND. `unknown` means that the connection ended before the answer: the message may be stored, so
 * nothing is sent again before the target has been looked at.
 */
export type AppendOutcome =
  | {
      readonly outcome: "stored";
      readonly uid: Uid | null;
      /** Whether nothing refers to the message's octets any more, so that their memory may be given back before the collector comes. */
      readonly isLetGo: boolean;
    }
  | { readonly outcome: "refused"; readonly code: string | null; readonly words: string }
  | { readonly outcome: "unknown"; readonly reason: string };

/**
 * One authenticated connection to one mailbox. Every method may throw ConnectionLost, ServerBusy or ServerAnswerUnusable;
 * after ConnectionLost the session is of no further use.
 */
export interface MailSession {
  readonly capabilities: readonly string[];
  /** Every folder of the personal namespace with its subscription. */
  listFolders(): Promise<readonly ListedFolder[]>;
  /** As `listFolders`, with the STATUS of each, in the same command where the server can (RFC 5819). */
  survey(): Promise<readonly SurveyedFolder[]>;
  /**
   * Null when the folder does not exist; a folder that exists but may not be read is FolderUnusable. Asked for before something is read and
   * not waited for, it goes out along with that, and as far as the server can tell it is the folder as it was before.
   */
  folderStatus(path: FolderPath): Promise<FolderStatus | null>;
  /** Creates the folder with its parents if it is not there and returns the path the server gave it. @throws FolderUnusable */
  createFolder(segments: readonly string[]): Promise<FolderPath>;
  /**
   * Asks for several folders at once, in this order, and surveys what is there then: only that shows what came of it, because a server may
   * have refused some. Names that a server might change are not asked for so; where there are no others, nothing is, and the answer is
   * empty. What is missing is for `createFolder`, which names the reason.
   */
  createTogether(folders: readonly (readonly string[])[]): Promise<readonly SurveyedFolder[]>;
  /** @throws FolderUnusable */
  subscribe(path: FolderPath): Promise<void>;
  /** Subscribes to several folders at once and tells to which of them it did. The others are for `subscribe`, which names the reason. */
  subscribeTogether(paths: readonly FolderPath[]): Promise<ReadonlySet<FolderPath>>;
  /** The UIDs of all messages of a folder, as a set; never a part of them. */
  uids(path: FolderPath): Promise<UidSet>;
  /**
   * The UIDs of those messages of a folder that carry none of these labels, as a set; never a part of them. A label is named as LIST
   * names its folder. Asked again, a session may answer as it did before. Only with X-GM-EXT-1 (Google: "IMAP Extensions",
   * X-GM-LABELS), whose answer leaves out the label of the folder that is asked about.
   */
  uidsWithout(path: FolderPath, labels: readonly string[]): Promise<UidSet>;
  /**
   * Metadata of the messages of a folder, ascending by UID: those in `uids`, or all. Messages that are gone are simply
   * not among the answers; a line of the answer that could not be read makes it ServerAnswerUnusable, never an absence.
   */
  metadata(path: FolderPath, uids?: UidSet): Promise<readonly MessageMetadata[]>;
  /**
   * As `metadata` of certain messages, but no more than their sizes: a server that has not looked at a folder before may have to open
   * each message to tell its date.
   */
  sizes(path: FolderPath, uids: UidSet): Promise<readonly MessageSize[]>;
  /** As `metadata`, but only messages whose flags changed since (RFC 7162 CHANGEDSINCE). Only with CONDSTORE. */
  changedSince(path: FolderPath, modseq: string): Promise<readonly MessageMetadata[]>;
  /** Says that about so many messages are going to be fetched or appended, so that what is needed for it can be got ready meanwhile. */
  prepare(messages: number): void;
  /** The messages themselves, ascending by UID, one at a time so that the caller bounds what it holds. */
  fetch(path: FolderPath, uids: UidSet): AsyncIterable<RawMessage>;
  /**
   * SHA-256 of the octets of each of these messages, in hexadecimal, by UID. None of them is held, however large it is. Messages that are
   * gone are simply not among the answers.
   */
  digests(path: FolderPath, uids: UidSet): Promise<ReadonlyMap<Uid, string>>;
  /** The SUBJECT header for a report, decoded, at most 998 characters; empty when there is none. */
  subject(path: FolderPath, uid: Uid): Promise<string>;
  /**
   * Appends; the answer has one outcome for each message, in the order in which they are given. Flags the folder does not take
   * are dropped beforehand, never `\Seen`. It may be called again before it has answered: what is under way goes side by side,
   * and the target may keep it in another order. @throws FolderUnusable when the folder is not there ([TRYCREATE]).
   */
  append(path: FolderPath, messages: readonly OutgoingMessage[]): Promise<readonly AppendOutcome[]>;
  /** Sets flags to exactly those given, message by message; messages that are gone are passed over. */
  setFlags(
    path: FolderPath,
    changes: readonly { readonly uid: Uid; readonly flags: readonly string[] }[],
  ): Promise<void>;
  /**
   * Removes exactly these messages; without UIDPLUS they are only marked \Deleted, because EXPUNGE would take others along.
   * Messages that are gone are passed over.
   */
  remove(path: FolderPath, uids: UidSet): Promise<void>;
  /** Which flags and keywords the folder stores for good (PERMANENTFLAGS), with `\*` if new keywords may be made. */
  permanentFlags(path: FolderPath): Promise<readonly string[]>;
  /** Logs out; never throws. */
  leave(): Promise<void>;
}
