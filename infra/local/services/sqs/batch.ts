import { ServiceError } from "../json-protocol.ts";

/** SQS takes at most this many entries in one batch request. */
const batchLimit = 10;

/**
 * Answers a batch request entry by entry: one that is refused does not stop the others.
 * @throws {ServiceError} when the batch itself is unusable.
 */
export const answerBatch = <Entry extends { readonly Id: string }>(
  entries: readonly Entry[],
  perform: (entry: Entry) => unknown,
): { Successful: unknown[]; Failed: unknown[] } => {
  if (entries.length === 0) {
    throw new ServiceError("EmptyBatchRequest", "There should be at least one entry in the request.");
  }
  if (entries.length > batchLimit) {
    throw new ServiceError("TooManyEntriesInBatchRequest", `At most ${batchLimit} entries are permitted.`);
  }
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw new ServiceError("BatchEntryIdsNotDistinct", "Two entries have the same id.");
  }
  const Successful: unknown[] = [];
  const Failed: unknown[] = [];
  for (const entry of entries) {
    try {
      const answer = perform(entry);
      Successful.push({ Id: entry.Id, ...(typeof answer === "object" ? answer : {}) });
    } catch (thrown) {
      if (!(thrown instanceof ServiceError)) {
        throw thrown;
      }
      Failed.push({ Id: entry.Id, Code: thrown.name, Message: thrown.message, SenderFault: true });
    }
  }
  return { Successful, Failed };
};
