import { z } from "zod";
import { flag } from "./scalars.ts";

/** AWS::KMS::Key, symmetric and enabled. */
export const keyProperties = z.strictObject({
  Enabled: flag.pipe(z.literal(true)).optional(),
  KeySpec: z.literal("SYMMETRIC_DEFAULT").optional(),
  KeyUsage: z.literal("ENCRYPT_DECRYPT").optional(),
});

/** AWS::KMS::Alias; `AliasName` begins with `alias/`. */
export const aliasProperties = z.strictObject({
  AliasName: z.string().regex(/^alias\//),
  TargetKeyId: z.string(),
});
