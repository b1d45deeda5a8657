import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { openDatabase } from "../database.ts";
import { ServiceError } from "../json-protocol.ts";
import { Arrivals } from "./arrivals.ts";
import { redriveMessages } from "./move.ts";
import type { OutgoingMessage, QueueDepth, QueueSettings, ReceivedMessage, SentMessage } from "./queue.ts";
import { queueOfArn, receiveMessages } from "./receive.ts";
import { schema } from "./schema.ts";
import { sendMessage } from "./send.ts";
import { changeVisibility, deleteMessage } from "./settle.ts";

/**
 * The queues of the stack, on disk. Every operation is one commit and answers at once; waiting is `waitForMessages`.
 * `now` is milliseconds since 1970.
 */
export class QueueStore {
  readonly #database: DatabaseSync;
  readonly #now: () => number;
  readonly #queues = new Map<string, QueueSettings>();
  readonly #arrivals: Arrivals;

  constructor(directory: string, now: () => number = Date.now) {
    this.#database = openDatabase(directory, "queues.sqlite", schema);
    this.#now = now;
    this.#arrivals = new Arrivals(now, (queue) => this.#nextChangeAt(queue));
    this.#releaseInFlight();
  }

  /** Declares a queue of the template; its messages of an earlier boot are found again. */
  declareQueue(settings: QueueSettings): void {
    this.#queues.set(settings.name, settings);
  }

  queues(): QueueSettings[] {
    return [...this.#queues.values()];
  }

  /** By name, URL or ARN: all three end in the name. @throws {ServiceError} `QueueDoesNotExist` */
  queue(nameUrlOrArn: string): QueueSettings {
    const name = nameUrlOrArn.slice(
      Math.max(nameUrlOrArn.lastIndexOf("/"), nameUrlOrArn.lastIndexOf(":")) + 1,
    );
    const found = this.#queues.get(name);
    if (found === undefined) {
      throw new ServiceError("QueueDoesNotExist", `The specified queue does not exist: ${name}`);
    }
    return found;
  }

  send(queue: QueueSettings, message: OutgoingMessage): SentMessage {
    const sent = sendMessage(this.#database, queue, message, this.#now());
    this.#arrivals.announce(queue.name);
    return sent;
  }

  receive(queue: QueueSettings, wanted: number, visibilitySeconds?: number): readonly ReceivedMessage[] {
    const { messages, deadLettered } = receiveMessages(
      this.#database,
      queue,
      wanted,
      visibilitySeconds ?? queue.visibilityTimeoutSeconds,
      this.#now(),
    );
    if (deadLettered > 0 && queue.redrive !== undefined) {
      this.#arrivals.announce(queueOfArn(queue.redrive.deadLetterArn));
    }
    return messages;
  }

  delete(queue: QueueSettings, receiptHandle: string): void {
    deleteMessage(this.#database, queue, receiptHandle, this.#now());
    this.#arrivals.announce(queue.name);
  }

  changeVisibility(queue: QueueSettings, receiptHandle: string, seconds: number): void {
    changeVisibility(this.#database, queue, receiptHandle, seconds, this.#now());
    this.#arrivals.announce(queue.name);
  }

  purge(queue: QueueSettings): void {
    this.#database.prepare("DELETE FROM message WHERE queue = ?").run(queue.name);
  }

  /** Moves what lies in a dead-letter queue back to where it came from, or to the queue named. */
  redrive(deadLetter: QueueSettings, destination: QueueSettings): number {
    const moved = redriveMessages(this.#database, deadLetter, destination.name, this.#now());
    this.#arrivals.announce(destination.name);
    return moved;
  }

  depth(queue: QueueSettings): QueueDepth {
    const row = this.#database
      .prepare(
        `SELECT count(*) FILTER (WHERE visible_at <= :now) AS visible,
                count(*) FILTER (WHERE visible_at > :now AND receipt IS NOT NULL) AS inFlight,
                count(*) FILTER (WHERE visible_at > :now AND receipt IS NULL) AS delayed
         FROM message WHERE queue = :queue`,
      )
      .get({ now: this.#now(), queue: queue.name });
    return depthRow.parse(row);
  }

  /**
   * Resolves when the queue may have something new to receive, or after `milliseconds`, or when `signal` is aborted.
   * It is a hint: receive to find out.
   */
  waitForMessages(queue: QueueSettings, milliseconds: number, signal?: AbortSignal): Promise<void> {
    return this.#arrivals.wait(queue.name, milliseconds, signal);
  }

  close(): void {
    this.#arrivals.close();
    this.#database.close();
  }

  /**
   * On AWS a message that was in flight when its worker died comes back when its visibility timeout has run out. Here
   * every worker lived in the process that died, so nobody can still be working on it: waiting would only cost time. Nor was
   * it the message's fault, so that receive does not bring it nearer to the dead-letter queue.
   */
  #releaseInFlight(): void {
    const now = this.#now();
    this.#database
      .prepare(
        `UPDATE message SET visible_at = ?, receipt = NULL, cut_off_count = cut_off_count + 1
         WHERE receipt IS NOT NULL AND visible_at > ?`,
      )
      .run(now, now);
  }

  #nextChangeAt(queueName: string): number | undefined {
    const row = this.#database
      .prepare("SELECT min(visible_at) AS at FROM message WHERE queue = ? AND visible_at > ?")
      .get(queueName, this.#now());
    return z.object({ at: z.number().nullable() }).parse(row).at ?? undefined;
  }
}

const depthRow = z.object({ visible: z.number(), inFlight: z.number(), delayed: z.number() });
