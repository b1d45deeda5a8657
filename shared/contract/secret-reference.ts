import { z } from "zod";

/**
 * Where a secret of the settings is found. `env` and `file` exist only where a person runs a command: they are
 * read there and put into Secrets Manager, so that what enters an execution's history is always a `secretArn`.
 */
export const SecretReference = z.union(
  [
    z.string().min(1),
    z.strictObject({ env: z.string().min(1) }),
    z.strictObject({ file: z.string().min(1) }),
    z.strictObject({ secretArn: z.string().startsWith("arn:") }),
  ],
  'a secret: its text, or {"env": …}, {"file": …} or {"secretArn": "arn:…"}',
);
export type SecretReference = z.infer<typeof SecretReference>;

/** A secret as functions may see it: by reference only. */
export const HeldSecret = z.strictObject({ secretArn: z.string().startsWith("arn:") });
export type HeldSecret = z.infer<typeof HeldSecret>;
