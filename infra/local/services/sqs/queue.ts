/** How a queue behaves. Times in seconds, sizes in bytes, as in the attributes of `SetQueueAttributes`. */
export interface QueueSettings {
  readonly name: string;
  readonly arn: string;
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
  readonly deduplicationScope: "queue" | "messageGroup";
  readonly delaySeconds: number;
  readonly maximumMessageSize: number;
  readonly retentionSeconds: number;
  readonly receiveWaitSeconds: number;
  readonly visibilityTimeoutSeconds: number;
  /** After `maxReceiveCount` receives without a delete a message goes to the other queue. */
  readonly redrive?: { readonly deadLetterArn: string; readonly maxReceiveCount: number };
}

/** A typed attribute that a sender put beside the body; `BinaryValue` is base64, as on the wire. */
export interface MessageAttribute {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: string | undefined;
}

/** What a sender gives. */
export interface OutgoingMessage {
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  readonly groupId?: string | undefined;
  readonly deduplicationId?: string | undefined;
  readonly delaySeconds?: number | undefined;
}

/** What a sender learns; the same again for a duplicate within the deduplication interval. */
export interface SentMessage {
  readonly messageId: string;
  /** Twenty digits on a FIFO queue, undefined on a standard queue. */
  readonly sequenceNumber: string | undefined;
}

/** A message in flight: hidden from others until `visibleAt`, deletable by its receipt handle until then. */
export interface ReceivedMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
  readonly sequenceNumber: string | undefined;
  readonly sentAt: number;
  readonly firstReceivedAt: number;
  readonly receiveCount: number;
}

/** The approximate counts of `GetQueueAttributes`, which are exact here. */
export interface QueueDepth {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** Sequence numbers are written with twenty digits, so that they also sort as text. */
export const sequenceText = (sequence: number): string => String(sequence).padStart(20, "0");
