import { parseArgs } from "node:util";
import { z } from "zod";
import { UnusableInput } from "./unusable-input.ts";

const MigrateArguments = z.strictObject({
  settings: z.string({ error: "--settings FILE is needed" }).min(1),
  accounts: z.string({ error: "--accounts FILE.xlsx or FILE.csv is needed" }).min(1),
  through: z
    .enum(["accounts", "history", "switch"], { error: "--through is accounts, history or switch" })
    .default("switch"),
  data: z.string().min(1).default(".mailferry"),
  report: z.string().min(1).optional(),
  json: z.boolean().default(false),
  "aws-endpoint": z.url({ error: "--aws-endpoint is a URL" }).optional(),
});

/** What `npm run migrate` was asked for. */
export type MigrateArguments = z.infer<typeof MigrateArguments>;

export const migrateUsage = `npm run -s migrate -- --settings migration.json --accounts accounts.xlsx|accounts.csv
    [--through accounts|history|switch] [--data DIR] [--report report.xlsx] [--json] [--aws-endpoint URL]`;

/** Reads the command line. @throws UnusableInput with every problem and the usage */
export const readMigrateArguments = (words: readonly string[]): MigrateArguments => {
  const read = MigrateArguments.safeParse(parse(words));
  if (read.success) return read.data;
  throw new UnusableInput([...read.error.issues.map((issue) => issue.message), migrateUsage]);
};

const parse = (words: readonly string[]): unknown => {
  try {
    return parseArgs({
      args: [...words],
      options: {
        settings: { type: "string" },
        accounts: { type: "string" },
        through: { type: "string" },
        data: { type: "string" },
        report: { type: "string" },
        json: { type: "boolean" },
        "aws-endpoint": { type: "string" },
      },
    }).values;
  } catch (error) {
    throw new UnusableInput([error instanceof Error ? error.message : String(error), migrateUsage]);
  }
};
