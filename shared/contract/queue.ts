/**
 * The copy queue's arithmetic, used by the construct that makes it and by the worker that lives with it.
 * AWS asks for a visibility timeout of at least six times the function's timeout (Lambda developer guide, "Using Lambda with
 * Amazon SQS"), so that a delivery is never given out again while its first worker may still run.
 */
export const copyQueue = {
  workerTimeoutSeconds: 300,
  visibilityTimeoutSeconds: 6 * 300,
  /** For so long a visit begins with further batches of its mailbox: small ones are done in one, and large ones need few logins. */
  visitSeconds: 60,
  /** A message received this often goes to the dead-letter queue; its worker marks the mailbox as failed first. */
  maxReceiveCount: 8,
  /** One message per invocation: a second mailbox in the same batch would wait up to a minute for the first. */
  batchSize: 1,
} as const;

/**
 * The notices queue's arithmetic. What has to wait, for SES or for another sender, waits longer each time (`waitSeconds`): eight
 * receipts come to about a day, in which SES counts its daily quota.
 */
export const noticesQueue = {
  senderTimeoutSeconds: 60,
  visibilityTimeoutSeconds: 6 * 60,
  maxReceiveCount: 8,
  batchSize: 1,
  /** Senders side by side: some ten mails a second, below the fourteen that SES gives a new production account. */
  senders: 4,
} as const;
