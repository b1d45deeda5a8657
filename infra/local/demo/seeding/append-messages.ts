import type { ImapConnection } from "./imap-connection.ts";
import { wireInternalDate } from "./internal-date.ts";
import { wireMailboxName } from "./mailbox-name.ts";

/** One message to be put into a mailbox exactly as it stands here. */
export interface SeedMessage {
  /** The whole message, CRLF line ends. */
  readonly raw: Buffer;
  /** System flags and keywords, as on the wire: `\Seen`, `$Forwarded`. */
  readonly flags: readonly string[];
  /** To the second. */
  readonly internalDate: Date;
}

/** A MULTIAPPEND is atomic and answered once: large enough to save round trips, small enough for the server to hold. */
const BATCH_MESSAGES = 64;
const BATCH_BYTES = 4_000_000;

/** Appends the messages in their order, many to a command (MULTIAPPEND, RFC 3502; LITERAL+, RFC 7888). */
export async function appendMessages(
  connection: ImapConnection,
  path: string,
  messages: Iterable<SeedMessage>,
): Promise<number> {
  let batch: SeedMessage[] = [];
  let bytes = 0;
  let appended = 0;
  const flush = async (): Promise<void> => {
    if (batch.length > 0)
      await connection.command(`APPEND ${wireMailboxName(path)}`, ...batch.flatMap(wireMessage));
    appended += batch.length;
    batch = [];
    bytes = 0;
  };
  for (const message of messages) {
    batch.push(message);
    bytes += message.raw.length;
    if (batch.length >= BATCH_MESSAGES || bytes >= BATCH_BYTES) await flush();
  }
  await flush();
  return appended;
}

function wireMessage({ raw, flags, internalDate }: SeedMessage): (string | Buffer)[] {
  return [` (${flags.join(" ")}) ${wireInternalDate(internalDate)} {${raw.length}+}\r\n`, raw];
}
