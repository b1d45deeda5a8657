import { parseArgs } from "node:util";
import { z } from "zod";
import { terminalLanguage } from "./language.ts";
import { UnusableInput } from "./unusable-input.ts";

/** What is wrong with an option. */
const problems = {
  settings: { en: "--settings FILE is needed", zhCN: "缺少 --settings 文件" },
  accounts: {
    en: "--accounts FILE.xlsx or FILE.csv is needed",
    zhCN: "缺少 --accounts 文件（.xlsx 或 .csv）",
  },
  through: {
    en: "--through is accounts, history or switch",
    zhCN: "--through 只能是 accounts、history 或 switch",
  },
  endpoint: { en: "--aws-endpoint is a URL", zhCN: "--aws-endpoint 应为 URL" },
} as const;

const say = (problem: keyof typeof problems) => () => problems[problem][terminalLanguage()];

const MigrateArguments = z.strictObject({
  settings: z.string({ error: say("settings") }).min(1),
  accounts: z.string({ error: say("accounts") }).min(1),
  through: z.enum(["accounts", "history", "switch"], { error: say("through") }).default("switch"),
  data: z.string().min(1).default(".mailferry"),
  report: z.string().min(1).optional(),
  json: z.boolean().default(false),
  "aws-endpoint": z.url({ error: say("endpoint") }).optional(),
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
