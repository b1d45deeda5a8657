import { z } from "zod";

/**
 * The schemas that judge what stands at a path: several where a value may have several forms and what was written does not tell
 * which; none where the schema knows no such path.
 */
export const schemasAt = (
  schema: z.core.$ZodType,
  written: unknown,
  path: readonly PropertyKey[],
): readonly z.core.$ZodType[] => {
  const forms = formsOf(schema).filter((form) => mayBe(form, written));
  const [key, ...rest] = path;
  if (key === undefined) return forms;
  return forms.flatMap((form) => {
    const part = partOf(form, key);
    return part === undefined ? [] : schemasAt(part, memberOf(written, key), rest);
  });
};

/** What stands under a key; undefined where there is nothing. */
export const memberOf = (written: unknown, key: PropertyKey): unknown =>
  typeof written === "object" && written !== null ? Reflect.get(written, key) : undefined;

const formsOf = (schema: z.core.$ZodType): readonly z.core.$ZodType[] => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return formsOf(schema.unwrap());
  return schema instanceof z.ZodUnion ? schema.options.flatMap(formsOf) : [schema];
};

/** Objects that differ by a literal, such as `kind`, are told apart by it. */
const mayBe = (form: z.core.$ZodType, written: unknown): boolean =>
  !(form instanceof z.ZodObject) ||
  Object.entries(form.shape).every(
    ([key, part]) => !(part instanceof z.ZodLiteral) || part.safeParse(memberOf(written, key)).success,
  );

const partOf = (form: z.core.$ZodType, key: PropertyKey): z.core.$ZodType | undefined => {
  if (form instanceof z.ZodArray) return form.element;
  return form instanceof z.ZodObject && typeof key === "string" ? form.shape[key] : undefined;
};
