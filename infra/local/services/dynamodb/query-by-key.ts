import type { DynaliteStore } from "dynalite/db/index.js";
import { z } from "zod";
import type { Metering } from "../../metering.ts";
import { queryAction } from "./actions.ts";
import { perform } from "./perform.ts";

/**
 * Query. dynalite parses its key condition anew each time, which takes longer than finding the items; the two forms of the design
 * (`pk = :pk`, and the same with `AND begins_with(sk, :prefix)`) it is handed as the older parameter `KeyConditions`, what it makes
 * of them itself. Not before it has accepted the expression once: whether a name may stand there is left to it.
 *
 * @throws {Refusal}
 */
export const queryByKey = async (
  store: DynaliteStore,
  data: object,
  metering: Metering,
): Promise<unknown> => {
  const read = readExpression(data);
  if (read === undefined) return perform(store, queryAction, data, metering);
  if (accepted.has(read.expression)) return perform(store, queryAction, read.withConditions, metering);
  const answer = await perform(store, queryAction, data, metering);
  if (accepted.size < acceptedAtMost) accepted.add(read.expression);
  return answer;
};

const accepted = new Set<string>();
/** A program has a handful; whoever puts values into them would fill the memory. */
const acceptedAtMost = 100;

const none = z.undefined().optional();
/** Strings only: that an operator takes a value of another type is dynalite's to say. */
const Expressed = z.looseObject({
  KeyConditionExpression: z.string(),
  ExpressionAttributeValues: z.record(z.string(), z.strictObject({ S: z.string() })),
  ExpressionAttributeNames: none,
  FilterExpression: none,
  ProjectionExpression: none,
  KeyConditions: none,
});

const form = /^(\w+) = (:\w+)(?: AND begins_with\((\w+), (:\w+)\))?$/;

/** Undefined when it has another form, or not just the values it names. */
const readExpression = (data: object) => {
  const asked = Expressed.safeParse(data);
  if (!asked.success) return undefined;
  const { KeyConditionExpression: expression, ExpressionAttributeValues: values, ...rest } = asked.data;
  const [, partition, wanted, sort, prefix] = form.exec(expression) ?? [];
  if (partition === undefined || wanted === undefined) return undefined;
  const conditions = new Map([[partition, condition("EQ", values[wanted])]]);
  if (sort !== undefined && prefix !== undefined)
    conditions.set(sort, condition("BEGINS_WITH", values[prefix]));
  const named = new Set([wanted, prefix ?? wanted]);
  if (named.symmetricDifference(new Set(Object.keys(values))).size > 0) return undefined;
  return { expression, withConditions: { ...rest, KeyConditions: Object.fromEntries(conditions) } };
};

const condition = (ComparisonOperator: "EQ" | "BEGINS_WITH", value: object | undefined) => ({
  ComparisonOperator,
  AttributeValueList: [value],
});
