import { createHash } from "node:crypto";
import type { SeedFolder } from "../../infra/local/demo/seeding/seed-mailbox.ts";

/** A whole mailbox in a form in which two can be compared. Folders that cannot be selected are not in it. */
export interface MailboxContent {
  /** Path as the server names it. */
  readonly folders: ReadonlyMap<string, readonly MessageContent[]>;
}

/** Everything of one message that a migration must carry over. */
export interface MessageContent {
  /** Absent in a description that was never on a server. */
  readonly uid: number | undefined;
  /** For people who read a difference; not compared, the hash is. */
  readonly subject: string;
  /** Of the raw bytes, hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  /** System flags, sorted, without \Recent, which belongs to the session. */
  readonly flags: readonly string[];
  readonly keywords: readonly string[];
  /** ISO 8601, UTC, to the second. */
  readonly internalDate: string;
}

/** What a mailbox must contain after these folders were put into an empty one. */
export function describedMailbox(folders: Iterable<SeedFolder>): MailboxContent {
  const described = new Map<string, MessageContent[]>([["INBOX", []]]);
  for (const { path, messages } of folders) {
    const contents = Array.from(messages, ({ raw, flags, internalDate }) =>
      messageContent({ uid: undefined, raw, flags, internalDate }),
    );
    described.set(path, [...(described.get(path) ?? []), ...contents]);
  }
  return { folders: described };
}

export function messageContent(message: {
  readonly uid: number | undefined;
  readonly raw: Buffer;
  readonly flags: Iterable<string>;
  readonly internalDate: Date;
}): MessageContent {
  const flags = [...message.flags].toSorted();
  return {
    uid: message.uid,
    subject: subjectOf(message.raw),
    sha256: createHash("sha256").update(message.raw).digest("hex"),
    bytes: message.raw.length,
    flags: flags.filter((flag) => flag.startsWith("\\") && flag !== "\\Recent"),
    keywords: flags.filter((flag) => !flag.startsWith("\\")),
    internalDate: message.internalDate.toISOString().slice(0, 19),
  };
}

/** The Subject header as far as it helps to find the message: unfolded, UTF-8 encoded words read, at most 60 characters. */
function subjectOf(raw: Buffer): string {
  const header = raw.subarray(0, 64_000).toString("utf8").split("\r\n\r\n", 1)[0] ?? "";
  const subject = /^Subject: ?([^\r]*(?:\r\n[ \t][^\r]*)*)/im.exec(header)?.[1] ?? "(no subject)";
  const read = subject
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?([\w-]+)\?B\?([^?]*)\?=/gi, (_, charset: string, text: string) =>
      new TextDecoder(charset).decode(Buffer.from(text, "base64")),
    );
  return read.slice(0, 60);
}
