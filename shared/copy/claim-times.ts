/**
 * How long after a worker's end what it had sent may still arrive: the kernel hands the rest of its buffers over, the network
 * carries it one way, and the server takes it in. Ten round trips of 300 ms.
 */
export const drainSeconds = 3;

/**
 * How long a claim made now lasts, in milliseconds. The platform ends the worker when its time is over, in the midst of an APPEND
 * too, so a claim until then and the drain outlasts whatever its holder may have in flight, and need not be renewed. It is at most
 * 303 s of the visibility timeout's 1,800.
 */
export const claimMilliseconds = (remainingMilliseconds: number): number =>
  Math.max(0, remainingMilliseconds) + drainSeconds * 1_000;

/** Two machines' clocks and the requests between them. */
const slackSeconds = 5;

/**
 * For how long the message is kept invisible from now on, in seconds: longer than the claim, so that it cannot come back by itself
 * while its worker may still run, and far shorter than the visibility timeout, so that work whose worker died is taken up soon.
 */
export const holdSeconds = (remainingMilliseconds: number): number =>
  Math.ceil(claimMilliseconds(remainingMilliseconds) / 1_000) + slackSeconds;
