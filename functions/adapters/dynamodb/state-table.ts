import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import {
  BatchWriteCommand,
  type BatchWriteCommandInput,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
} from "@aws-sdk/lib-dynamodb";
import { z } from "zod";
import { MailferryError } from "../../../shared/contract/errors.ts";
import { openIndex } from "../../../shared/contract/table.ts";
import { insertItems } from "./insert-items.ts";
import { printOf, printRead, rememberPrint } from "./record-print.ts";
import { writeBatch } from "./write-batch.ts";

type WriteRequest = NonNullable<BatchWriteCommandInput["RequestItems"]>[string][number];

/** The key of one item. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** A run of items of one partition. */
export interface ItemRange {
  readonly pk: string;
  /** Only sort keys that begin so. */
  readonly prefix?: string;
  /** Only sort keys behind this one. */
  readonly after?: string;
}

/** What may stand beside a record in its item: the open index's partition, where the item belongs in it, and a fence. */
export interface ItemExtras {
  readonly openIn?: string;
  readonly fence?: number;
}

/**
 * The state table, with every record under `record` and read through its schema: an item that cannot be parsed is
 * RecordUnreadable and never "not there", because what is not there may be made anew and what was there would be lost.
 * Records are compared by their print, a hash kept beside them, so that a conditional write need not carry the old record.
 */
export class StateTable {
  readonly #client: DynamoDBDocumentClient;
  readonly #name: string;

  constructor(client: DynamoDBDocumentClient, name: string) {
    this.#client = client;
    this.#name = name;
  }

  /** A consistent read; null when there is no such item. @throws RecordUnreadable */
  async get<Schema extends z.ZodType>(key: ItemKey, schema: Schema): Promise<z.infer<Schema> | null> {
    const { Item } = await this.#client.send(
      new GetCommand({ TableName: this.#name, Key: { ...key }, ConsistentRead: true }),
    );
    return Item === undefined ? null : readRecord(Item, schema);
  }

  /** Reads what nobody writes, which only shows that the table answers. @throws what the client throws, and when `signal` says so */
  async reach(signal: AbortSignal): Promise<void> {
    const Key = { pk: "NOTHING", sk: "NOTHING" };
    await this.#client.send(new GetCommand({ TableName: this.#name, Key }), { abortSignal: signal });
  }

  /** Writes whatever stood there before. */
  async put(key: ItemKey, record: object, extras: ItemExtras = {}): Promise<void> {
    await this.#client.send(
      new PutCommand({ TableName: this.#name, Item: { ...key, ...extras, record, print: printOf(record) } }),
    );
  }

  /** Writes many, whatever stood there before, in as few requests as DynamoDB allows. Cut off in the middle, some are written. */
  async putAll(items: readonly { readonly key: ItemKey; readonly record: object }[]): Promise<void> {
    const requests = new Map(
      items.map(({ key, record }) => [
        `${key.pk} ${key.sk}`,
        { PutRequest: { Item: { ...key, record, print: printOf(record) } } },
      ]),
    );
    await writeBatch<WriteRequest>([...requests.values()], async (unwritten) => {
      const { UnprocessedItems } = await this.#client.send(
        new BatchWriteCommand({ RequestItems: { [this.#name]: [...unwritten] } }),
      );
      return UnprocessedItems?.[this.#name] ?? [];
    });
  }

  /** Writes unless what stands there carries a later fence (see MailboxStore.fencedBy); false when it does. */
  async putFenced(key: ItemKey, record: object, fence: number): Promise<boolean> {
    return this.#conditionally(
      new PutCommand({
        TableName: this.#name,
        Item: { ...key, fence, record, print: printOf(record) },
        ConditionExpression: "attribute_not_exists(fence) OR fence <= :fence",
        ExpressionAttributeValues: { ":fence": fence },
      }),
    );
  }

  /** False when an item with this key is already there. */
  async create(key: ItemKey, record: object, extras: ItemExtras = {}): Promise<boolean> {
    return this.#conditionally(
      new PutCommand({
        TableName: this.#name,
        Item: { ...key, ...extras, record, print: printOf(record) },
        ConditionExpression: "attribute_not_exists(pk)",
      }),
    );
  }

  /** Creates many (see insertItems), and gives back those records whose key was there already: a lost answer's own among them. */
  async createAll<Record extends object>(
    items: readonly { readonly key: ItemKey; readonly record: Record; readonly extras: ItemExtras }[],
  ): Promise<readonly Record[]> {
    const byItem = new Map(
      items.map(({ key, record, extras }) => [{ ...key, ...extras, record, print: printOf(record) }, record]),
    );
    const present = await insertItems(this.#client, this.#name, [...byItem.keys()]);
    return present.flatMap((item) => byItem.get(item) ?? []);
  }

  /** Replaces the item only while it still holds `previous`; false when it does not. */
  async replace(key: ItemKey, previous: object, next: object, extras: ItemExtras = {}): Promise<boolean> {
    return this.#conditionally(
      new PutCommand({
        TableName: this.#name,
        Item: { ...key, ...extras, record: next, print: printOf(next) },
        ConditionExpression: "print = :previous",
        ExpressionAttributeValues: { ":previous": printRead(previous) },
      }),
    );
  }

  /** Removes the item, if `expected` is given only while it holds that; removing what is not there is no error. */
  async remove(key: ItemKey, expected?: object): Promise<void> {
    if (expected !== undefined) await this.removeUnchanged(key, expected);
    else await this.#client.send(new DeleteCommand({ TableName: this.#name, Key: { ...key } }));
  }

  /** Removes the item while it holds `expected`; false when it holds something else. What is not there is removed. */
  async removeUnchanged(key: ItemKey, expected: object): Promise<boolean> {
    return this.#conditionally(
      new DeleteCommand({
        TableName: this.#name,
        Key: { ...key },
        ConditionExpression: "attribute_not_exists(pk) OR print = :expected",
        ExpressionAttributeValues: { ":expected": printRead(expected) },
      }),
    );
  }

  /** One page of a partition by ascending sort key, read consistently; `next` is the last sort key, null at the end. */
  async page<Schema extends z.ZodType>(
    range: ItemRange,
    schema: Schema,
    limit: number,
  ): Promise<{ readonly records: readonly z.infer<Schema>[]; readonly next: string | null }> {
    const { Items = [], LastEvaluatedKey } = await this.#client.send(
      new QueryCommand({
        TableName: this.#name,
        ConsistentRead: true,
        Limit: limit,
        ...rangeCondition(range),
        ...(range.after === undefined ? {} : { ExclusiveStartKey: { pk: range.pk, sk: range.after } }),
      }),
    );
    const next = z.object({ sk: z.string() }).safeParse(LastEvaluatedKey);
    return {
      records: Items.map((item) => readRecord(item, schema)),
      next: next.success ? next.data.sk : null,
    };
  }

  /** All records of a range, page after page. Only for ranges that are bounded by what they hold. */
  async all<Schema extends z.ZodType>(range: ItemRange, schema: Schema): Promise<readonly z.infer<Schema>[]> {
    const records: z.infer<Schema>[] = [];
    let after: string | null | undefined = range.after;
    do {
      const page: Awaited<ReturnType<typeof this.page<Schema>>> = await this.page(
        { ...range, ...(after == null ? {} : { after }) },
        schema,
        1_000,
      );
      records.push(...page.records);
      after = page.next;
    } while (after !== null);
    return records;
  }

  /** Whether the open index holds anything under this partition. It lags behind the table. */
  async isOpen(openIn: string): Promise<boolean> {
    const { Count = 0 } = await this.#client.send(
      new QueryCommand({
        TableName: this.#name,
        IndexName: openIndex.name,
        Limit: 1,
        Select: "COUNT",
        KeyConditionExpression: `${openIndex.partition} = :open`,
        ExpressionAttributeValues: { ":open": openIn },
      }),
    );
    return Count > 0;
  }

  /** True when the write was made, false when its condition did not hold. */
  async #conditionally(command: PutCommand | DeleteCommand): Promise<boolean> {
    try {
      await (command instanceof PutCommand ? this.#client.send(command) : this.#client.send(command));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

const readRecord = <Schema extends z.ZodType>(
  item: Record<string, unknown>,
  schema: Schema,
): z.infer<Schema> => {
  const read = schema.safeParse(item.record);
  if (read.success) {
    const { data } = read;
    if (typeof data === "object" && data !== null && typeof item.print === "string")
      rememberPrint(data, item.print);
    return data;
  }
  const reason = read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`).join("; ");
  throw new MailferryError("RecordUnreadable", {
    key: `${String(item.pk)} ${String(item.sk)}`,
    reason,
  });
};

const rangeCondition = ({ pk, prefix }: ItemRange) =>
  prefix === undefined
    ? { KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": pk } }
    : {
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues: { ":pk": pk, ":prefix": prefix },
      };
