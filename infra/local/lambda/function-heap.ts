import { setFlagsFromString } from "node:v8";
import type { ResourceLimits } from "node:worker_threads";

/** Before so many megabytes of old objects and buffers V8 has no need to look for garbage among them. */
const firstCollection = 96;

/**
 * V8 begins with little, and what lies outside the heap counts as well: a worker whose heap stays below 30 MB, and which holds some 10 MB
 * of mail, would mark all of it four times for each mailbox of 5,000 messages; a tenth of the time. It can be told only before a
 * thread has a heap.
 */
const firstCollectionFlag = `--initial-old-space-size=${firstCollection}`;

/** Young objects of a function get at least so much. */
const leastYoung = 12;

/**
 * Lambda's Node runtime gives a tenth of the memory to young objects and the rest to old ones. Here several functions share the
 * processor's caches and the machine's memory, and young objects get less. Buffers lie outside the heap on both.
 */
const sizes = (megabytes: number) => ({
  young: Math.max(leastYoung, Math.ceil(megabytes / 40)),
  old: Math.floor((megabytes * 9) / 10),
});

/** The heap of a thread that runs a function of so much memory. */
export const functionHeap = (megabytes: number): ResourceLimits => {
  setFlagsFromString(firstCollectionFlag);
  const { young, old } = sizes(megabytes);
  return { maxYoungGenerationSizeMb: young, maxOldGenerationSizeMb: old };
};

/** The same heap for a process of its own: V8 divides the space of young objects by three. */
export const functionHeapFlags = (megabytes: number): readonly string[] => {
  const { young, old } = sizes(megabytes);
  return [
    firstCollectionFlag,
    `--max-semi-space-size=${Math.round(young / 3)}`,
    `--max-old-space-size=${old}`,
  ];
};
