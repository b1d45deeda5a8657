import { setFlagsFromString } from "node:v8";

/**
 * Ten times the calls after which V8 (of Node 24) gives a function to Maglev and to TurboFan. It counts in each environment by itself, so
 * that with its own numbers four workers have the same functions optimised four times, in threads that take a machine of few processors
 * from the mail: a tenth of the time of a mailbox of 5,000 messages. What is called a hundred thousand times is optimised all the same.
 */
export const lateOptimisationFlags: readonly string[] = [
  "--invocation-count-for-maglev=4000",
  "--invocation-count-for-turbofan=30000",
];

/** Has V8 optimise so late in this process, which holds for all its threads. */
export const optimiseLate = (): void => {
  for (const flag of lateOptimisationFlags) setFlagsFromString(flag);
};
