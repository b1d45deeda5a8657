import { BatchExecuteStatementCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { writeBatch } from "./write-batch.ts";

/**
 * Makes items where there are none with their keys, 25 in a request, and gives back those whose key was taken. PartiQL's INSERT is
 * the one write of many items that leaves alone what is there; it costs what a PutItem does. Cut off, some are made.
 * (DynamoDB Developer Guide, "PartiQL insert statements" and "Running batch operations with PartiQL".)
 *
 * @throws Error for what DynamoDB refuses and when it has no capacity for a dozen seconds
 */
export const insertItems = async <Item extends Readonly<Record<string, unknown>>>(
  client: DynamoDBDocumentClient,
  table: string,
  items: readonly Item[],
): Promise<readonly Item[]> => {
  const taken: Item[] = [];
  await writeBatch(items, async (batch) => {
    const { Responses = [] } = await client.send(
      new BatchExecuteStatementCommand({ Statements: batch.map((item) => insertion(table, item)) }),
    );
    return batch.filter((item, index) => {
      // Statements are answered in their order; one without an answer is not known to be done, and doing it again does no harm.
      const answer = Responses[index];
      if (answer === undefined) return true;
      if (answer.Error === undefined) return false;
      const { Code = "", Message = "" } = answer.Error;
      if (Code === "DuplicateItem") taken.push(item);
      else if (!later.has(Code)) throw new Error(`DynamoDB refused an insert: ${Code} ${Message}`);
      return later.has(Code);
    });
  });
  return taken;
};

/** What comes right by itself (BatchStatementError, "Code"). A statement that failed so may have been done all the same. */
const later: ReadonlySet<string> = new Set([
  "InternalServerError",
  "ProvisionedThroughputExceeded",
  "RequestLimitExceeded",
  "ThrottlingError",
  "TransactionConflict",
]);

const insertion = (table: string, item: Readonly<Record<string, unknown>>) => {
  const given = Object.entries(item).filter(([, value]) => value !== undefined);
  return {
    Statement: `INSERT INTO "${table}" VALUE {${given.map(([name]) => `'${name}': ?`).join(", ")}}`,
    Parameters: given.map(([, value]) => value),
  };
};
