import type { MailboxWork } from "../../events/mailbox-work.ts";

/** One delivery of a message of the copy queue. */
export interface Delivery {
  readonly work: MailboxWork;
  readonly messageId: string;
  /** How often the message was received, this time included. */
  readonly receiveCount: number;
  remainingMilliseconds(): number;
  /**
   * For how long a visit begins with further batches of its mailbox; one that has planned it completes its pass as well. What is not begun
   * by then is left to messages of its own, so that a large mailbox lets others have their turn.
   */
  readonly visitMilliseconds: number;
}
