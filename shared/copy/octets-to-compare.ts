import type { MigrationSettings } from "../contract/settings.ts";
import type { MailboxRecords } from "./mailbox-records.ts";
import { partsSince } from "./verification-reading.ts";

/**
 * Bytes that a completion fetches from the source to compare all octets of what came: with `full` all of it is fetched once more. A sample
 * is a few messages of each folder, and is not counted; nor is what is looked at again because its octets differ, which seldom happens.
 * `recorded` is read only where it matters.
 */
export const octetsToCompare = async (
  verify: MigrationSettings["copy"]["verify"],
  recorded: () => Promise<MailboxRecords>,
): Promise<number> => {
  if (verify === "sample") return 0;
  const { folders, batches, summaries } = await recorded();
  const previous = new Map(summaries.map((summary) => [summary.sourcePath, summary]));
  return folders
    .flatMap((folder) => partsSince(batches, folder, previous.get(folder.sourcePath) ?? null).due)
    .reduce((sum, { bytes }) => sum + bytes, 0);
};
