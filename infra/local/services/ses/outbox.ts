import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { writeSecretFile } from "../secret-file.ts";

/** A mail as somebody would find it in a mailbox; one JSON document in a file of the outbox. */
export interface OutboxMail {
  readonly messageId: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly replyTo: readonly string[];
  readonly subject: string;
  /** The parts that were given; at least one of the two. */
  readonly text?: string;
  readonly html?: string;
  /** Headers of the sender's own. */
  readonly headers: Readonly<Record<string, string>>;
  readonly configurationSet?: string;
}

export interface Outbox {
  /** The directory in which the mails lie: `<time>-<messageId>.json`, in the order of their names. Other names are being written. */
  readonly directory: string;
  add(mail: OutboxMail): void;
}

/** Opens the outbox of a data directory: readable by its owner only, since mails hold links that let somebody in. */
export const openOutbox = (directory: string): Outbox => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return {
    directory,
    add: (mail) => {
      const name = `${mail.at.replaceAll(/[-:.]/g, "")}-${mail.messageId}.json`;
      writeSecretFile(join(directory, name), `${JSON.stringify(mail, undefined, 2)}\n`);
    },
  };
};
