import { z } from "zod";
import { recordTypes } from "../../dns/records.ts";
import { problemsOf } from "../json-protocol.ts";
import type { Change } from "./change-batch.ts";
import { Route53Error } from "./errors.ts";
import { type ReadElement, readXml, XmlUnreadable } from "./read-xml.ts";

/** The changes that a request's body asks for. @throws Route53Error `InvalidInput` for anything that is not served. */
export const readChangeRequest = (
  body: string,
): { readonly comment: string | undefined; readonly changes: readonly Change[] } => {
  const parsed = request.safeParse(plain(rootOf(body)));
  if (!parsed.success) throw new Route53Error("InvalidInput", problemsOf(parsed.error));
  const { Comment, Changes } = parsed.data.ChangeBatch;
  return { comment: Comment, changes: Changes };
};

const recordSet = z.strictObject({
  Name: z.string().min(1).max(1_024),
  Type: z.enum(recordTypes),
  TTL: z.coerce.number().int().min(0).max(2_147_483_647),
  ResourceRecords: z.array(z.strictObject({ Value: z.string().max(4_000) })).max(400),
});

const change = z
  .strictObject({ Action: z.enum(["CREATE", "DELETE", "UPSERT"]), ResourceRecordSet: recordSet })
  .transform(({ Action, ResourceRecordSet: { Name, Type, TTL, ResourceRecords } }) => ({
    action: Action,
    set: { name: Name, type: Type, ttl: TTL, values: ResourceRecords.map(({ Value }) => Value) },
  }));

const request = z.strictObject({
  ChangeBatch: z.strictObject({
    Comment: z.string().max(256).optional(),
    Changes: z.array(change).min(1).max(1_000),
  }),
});

/** Elements whose children are a list; every other element with children is a structure. */
const lists: readonly string[] = ["Changes", "ResourceRecords"];

const plain = (element: ReadElement): unknown => {
  if (lists.includes(element.name)) return element.children.map(plain);
  if (element.children.length === 0) return element.text;
  return Object.fromEntries(element.children.map((child) => [child.name, plain(child)]));
};

const rootOf = (body: string): ReadElement => {
  try {
    const root = readXml(body);
    if (root.name === "ChangeResourceRecordSetsRequest") return root;
    throw new Route53Error("InvalidInput", `${root.name} is not a ChangeResourceRecordSetsRequest`);
  } catch (thrown) {
    if (thrown instanceof XmlUnreadable) throw new Route53Error("InvalidInput", `the body ${thrown.message}`);
    throw thrown;
  }
};
