import { z } from "zod";

/** CloudFormation takes `3` and `"3"` alike: a `Ref` to a parameter always yields a text. */
export const integer = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]);

/** CloudFormation takes `true` and `"true"` alike. */
export const flag = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]);
