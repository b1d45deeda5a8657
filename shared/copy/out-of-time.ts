/** Time kept back to let a chunk end and to log out before the platform ends the worker. */
const reserveMilliseconds = 20_000;

/**
 * The worker stopped of its own accord because its time was running out. The work is taken up again at once, where it
 * stood: what has been written is found by looking.
 */
export class OutOfTime extends Error {
  override readonly name = "OutOfTime";

  constructor() {
    super("The worker's time was running out; the work is taken up again where it stood.");
  }
}

/** @throws OutOfTime when too little is left to begin another chunk */
export const requireTime = (remainingMilliseconds: number): void => {
  if (remainingMilliseconds < reserveMilliseconds) throw new OutOfTime();
};
