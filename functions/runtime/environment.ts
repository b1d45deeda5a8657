import type { z } from "zod";

/** The process's environment. This file is the only one that touches it; everything else receives what it needs. */
export const processEnvironment = (): Readonly<Record<string, string | undefined>> => process.env;

/** Reads a function's environment as its schema says. @throws Error naming every variable that is missing or malformed. */
export const readEnvironment = <Schema extends z.ZodObject>(schema: Schema): z.infer<Schema> => {
  const read = schema.safeParse(processEnvironment());
  if (read.success) return read.data;
  const problems = read.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`The function's environment cannot be used: ${problems.join("; ")}`);
};
