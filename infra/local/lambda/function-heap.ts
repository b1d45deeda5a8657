import { setFlagsFromString } from "node:v8";
import type { ResourceLimits } from "node:worker_threads";

/** Before so many megabytes of old objects and buffers V8 has no need to look for garbage among them. */
const firstCollection = 48;

/**
 * What lies outside the heap counts for V8 as well: a worker that copies mail allocates buffers all the time while its heap stays at
 * 12 MB, and V8, which begins with little, would mark all of it every 10 MB of mail; a seventh of the worker's time. It can be told
 * only before a thread has a heap.
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
