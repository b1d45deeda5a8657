import type { DynaliteStore, StoredItem } from "dynalite/db/index.js";
import { z } from "zod";
import type { Metering } from "../../metering.ts";
import { Refusal } from "./perform.ts";
import { putTogether } from "./put-together.ts";

const OneStatement = z.strictObject({ Statement: z.string(), Parameters: z.array(z.unknown()) });
const Statements = z.strictObject({ Statements: z.array(OneStatement).min(1).max(25) });

/**
 * BatchExecuteStatement with the one PartiQL statement of the design: the INSERT of a whole item into one table, every value a
 * parameter. Like DynamoDB's it leaves an item alone that is there, and says so of that statement only.
 *
 * @throws {Refusal} for any other statement
 */
export const executeStatements = async (
  store: DynaliteStore,
  data: object,
  metering: Metering,
): Promise<object> => {
  const asked = Statements.safeParse(data);
  if (!asked.success) throw unsupported(z.prettifyError(asked.error));
  const insertions = asked.data.Statements.map(insertionOf);
  const [{ table } = { table: "" }] = insertions;
  if (insertions.some((insertion) => insertion.table !== table)) throw unsupported("one table at a time");
  const items = insertions.map(({ item }) => item);
  const put = await putTogether(store, table, items, "leave", metering);
  return {
    Responses: put.map((isPut) => ({ TableName: table, ...(isPut ? {} : { Error: duplicate }) })),
  };
};

interface Insertion {
  readonly table: string;
  readonly item: StoredItem;
}

/** `INSERT INTO "table" VALUE {'name': ?, …}`: names without quotes in them. */
const insertForm = /^INSERT INTO "([^"]+)" VALUE \{((?:'[^']+': \?(?:, )?)+)\}$/;

const insertionOf = ({ Statement, Parameters }: z.output<typeof OneStatement>): Insertion => {
  const [, table = "", attributes = ""] = insertForm.exec(Statement) ?? [];
  const names = Array.from(attributes.matchAll(/'([^']+)'/g), ([, name = ""]) => name);
  if (names.length !== Parameters.length || table === "") throw unsupported(Statement);
  return { table, item: Object.fromEntries(names.map((name, index) => [name, Parameters[index]])) };
};

const duplicate = { Code: "DuplicateItem", Message: "Duplicate primary key exists in table" };

const unsupported = (what: string): Refusal =>
  new Refusal(
    "ValidationException",
    `only INSERT of whole items is supported by the local DynamoDB (see infra/local/SUPPORT.md): ${what}`,
  );
